using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Ledger;

/// <summary>Knows how far back a rule can still be evaluated as it was: with part of its past removed by retention, what was common looks rare.</summary>
public sealed class HistoryLimit(IDbContextFactory<PortalDbContext> contexts, DetectorCatalog detectors)
{
    /// <summary>The earliest end of a window for which retention never touched what the rule looks back on.</summary>
    /// <returns>UTC; <see cref="DateTime.MinValue"/> while nothing was removed.</returns>
    public async Task<DateTime> EarliestEndAsync(RuleDefinition rule, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await EarliestEndAsync(db, rule, cancellationToken);
    }

    internal async Task<DateTime> EarliestEndAsync(PortalDbContext db, RuleDefinition rule, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var lookback = detectors.TryBind(rule, out var bound, out _) ? bound.Reach.Lookback : TimeSpan.Zero;
        return await KeptFromAsync(db, cancellationToken) is { } kept ? kept + lookback : DateTime.MinValue;
    }

    /// <summary>From when on all connections are still there, or null while none was removed.</summary>
    internal static Task<DateTime?> KeptFromAsync(PortalDbContext db, CancellationToken cancellationToken)
    {
        const string part = nameof(RetentionPart.Connections);
        return db.RetentionMarks.Where(mark => mark.Part == part).Select(mark => (DateTime?)mark.KeptFromUtc).SingleOrDefaultAsync(cancellationToken);
    }
}
