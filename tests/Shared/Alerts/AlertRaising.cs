using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;

namespace RulePortal.Tests.Alerts;

internal static class AlertRaising
{
    /// <returns>The alerts as just raised, in the order given.</returns>
    public static async Task<IReadOnlyList<AlertReference>> RaiseAsync(this IDbContextFactory<PortalDbContext> store, params IEnumerable<AlertSeed> seeds)
    {
        var wanted = seeds.ToList();
        List<Alert> alerts = [];
        await store.InTransactionAsync(async db =>
        {
            alerts = wanted.ConvertAll(seed => seed.Build());
            db.Alerts.AddRange(alerts);
            await db.SaveChangesAsync();
            return true;
        }, CancellationToken.None);
        return alerts.ConvertAll(alert => new AlertReference(alert.Id, alert.Version));
    }

    public static async Task<AlertReference> RaiseAsync(this IDbContextFactory<PortalDbContext> store, AlertSeed seed) => (await store.RaiseAsync([seed]))[0];
}
