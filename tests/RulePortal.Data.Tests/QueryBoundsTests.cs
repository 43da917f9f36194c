using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Data.Security;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests;

/// <summary>What is read at most. That every query of the product has a bound is held by the interceptor all stores of these tests have.</summary>
public sealed class QueryBoundsTests() : StoreTests(StoreKind.Sqlite)
{
    [Fact]
    public async Task Interceptor_QueryOfTheProductWithoutABound_Refuses()
    {
        await using var db = Store.CreateDbContext();
        var rows = db.AnalyticsRules.Select(rule => new VmConnection { TimeGenerated = rule.EvaluateFromUtc, Computer = rule.Name });

        // Whoever reads the rows asks the query.
        var refused = Assert.Throws<InvalidOperationException>(() => { _ = new InMemoryConnections(rows); });
        Assert.StartsWith("Nothing bounds the rows", refused.Message, StringComparison.Ordinal);
        Assert.NotNull(new InMemoryConnections(rows.Take(5)));
        Assert.Empty(await db.AnalyticsRules.ToListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task CreateAsync_AsManyRulesAsThereMayBe_IsRefused()
    {
        await using (var db = Store.CreateDbContext())
        {
            db.AnalyticsRules.AddRange(Enumerable.Range(0, RuleStore.MostRules).Select(number => new AnalyticsRule(Guid.NewGuid(), $"Rule {number}", enabled: false, Store.Clock.GetUtcNow().UtcDateTime)));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var result = await Store.Rules()
            .CreateAsync(Guid.NewGuid(), Ledger.LedgerStore.Definition, enabled: true, "One more.", Actor.System, TestContext.Current.CancellationToken);

        Assert.Equal((RuleSaveOutcome.Invalid, "rules.too-many"), (result.Outcome, Assert.Single(result.Errors).Code));
    }

    [Fact]
    public async Task ListAsync_MoreKeysThanAreListed_GivesThoseInForceFirst()
    {
        var keys = new ApiKeyStore(Store, Store.Clock);
        Assert.NotNull(await keys.CreateAsync("in force", ApiKeyRole.Reader, null, Actor.System, TestContext.Current.CancellationToken));
        await using (var db = Store.CreateDbContext())
        {
            var now = Store.Clock.GetUtcNow().UtcDateTime.AddHours(1);
            db.ApiKeys.AddRange(Enumerable.Range(0, ApiKeyStore.MostListed + 5).Select(number => new ApiKey
            {
                Id = Guid.NewGuid(), Name = $"gone {number}", Prefix = "rp_", Hash = Guid.NewGuid().ToByteArray(), Role = ApiKeyRole.Reader, CreatedUtc = now, CreatedBy = "Ada", RevokedUtc = now,
            }));
            await db.SaveChangesAsync(TestContext.Current.CancellationToken);
        }

        var listed = await keys.ListAsync(TestContext.Current.CancellationToken);

        Assert.Equal((ApiKeyStore.MostListed, "in force"), (listed.Count, listed[0].Name));
    }

    [Fact]
    public async Task FindAsync_AlertWithALongHistory_GivesTheLastOfIt()
    {
        using var store = new AlertStore();
        await using var db = store.CreateDbContext();
        var alert = new AlertSeed().Build();
        foreach (var number in Enumerable.Range(1, AlertDetails.MaxActivities + 3))
        {
            Assert.Equal(AlertChange.Changed, alert.Comment($"comment {number}", TestStore.Ada, store.Now));
        }

        db.Alerts.Add(alert);
        await db.SaveChangesAsync(TestContext.Current.CancellationToken);

        var details = await new AlertDetailQueries(store).FindAsync(alert.Id, TestContext.Current.CancellationToken);

        Assert.Equal(AlertDetails.MaxActivities, details!.Activities.Count);
        Assert.Equal($"comment {AlertDetails.MaxActivities + 3}", details.Activities[^1].Comment);
    }
}
