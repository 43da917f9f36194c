using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Alerts;

public sealed class OverviewQueriesTests : IDisposable
{
    private static readonly Actor Ada = new("dev:Responder", "Ada");

    private readonly AlertStore store = new();
    private readonly AlertTriage triage;
    private readonly OverviewQueries queries;

    public OverviewQueriesTests()
    {
        triage = new AlertTriage(store, store.Clock);
        queries = new OverviewQueries(store, store.Clock);
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Read_EmptyStore_IsThirtyEmptyDays()
    {
        var numbers = await queries.ReadAsync(default);

        Assert.Equal((0, 0, 30), (numbers.Open, numbers.Unassigned, numbers.ByDay.Count));
        Assert.Equal((new DateOnly(2026, 2, 9), new DateOnly(2026, 3, 10)), (numbers.ByDay[0].Day, numbers.ByDay[^1].Day));
        Assert.All(numbers.ByDay, day => Assert.Equal(0, day.Alerts.Total));
        Assert.All(numbers.ByTactic, tactic => Assert.Equal(0, tactic.Alerts.Total));
        Assert.Empty(numbers.TopRules);
        Assert.Empty(numbers.TopHosts);
        Assert.Empty(numbers.Verdicts);
    }

    [Fact]
    public async Task Read_OpenAlerts_FallIntoHalfOpenAgesBySeverity()
    {
        var now = store.Now;
        var seen = await store.RaiseAsync(
        [
            new AlertSeed { Severity = Severity.High, RaisedUtc = now },
            new AlertSeed { Severity = Severity.Low, RaisedUtc = now.AddHours(-1) },
            new AlertSeed { Severity = Severity.Low, RaisedUtc = now.AddHours(-1).AddTicks(-1) },
            new AlertSeed { Severity = Severity.Medium, RaisedUtc = now.AddDays(-1).AddTicks(-1) },
            new AlertSeed { Severity = Severity.Informational, RaisedUtc = now.AddDays(-50) },
            new AlertSeed { Severity = Severity.High, RaisedUtc = now },
        ]);
        await triage.AcknowledgeAsync(seen[1], Ada, default);
        await triage.CloseAsync(seen[5], new ClosingVerdict(Classification.Undetermined, ClassificationReason.None), null, Ada, default);

        var numbers = await queries.ReadAsync(default);

        Assert.Equal(
            [new SeverityCounts(1, 0, 1, 0), new SeverityCounts(0, 0, 1, 0), new SeverityCounts(0, 1, 0, 0), new SeverityCounts(0, 0, 0, 1)],
            numbers.OpenByAge.Select(age => age.Alerts));
        Assert.Equal((5, 4), (numbers.Open, numbers.Unassigned));
        var alerts = new AlertQueries(store);
        foreach (var age in numbers.OpenByAge)
        {
            var filter = new AlertFilter { Statuses = [AlertStatus.New, AlertStatus.Active], RaisedFromUtc = age.FromUtc, RaisedToUtc = age.ToUtc };
            Assert.Equal(age.Alerts.Total, (await alerts.PageAsync(filter, AlertOrder.NewestFirst, 0, 25, default)).Total);
        }
    }

    [Fact]
    public async Task Read_AlertsOfThirtyDays_AreCountedByUtcDayAndTactic()
    {
        await store.RaiseAsync(
        [
            new AlertSeed { Severity = Severity.High, Tactics = [AttackTactic.Impact], RaisedUtc = new DateTime(2026, 3, 9, 23, 59, 59, DateTimeKind.Utc) },
            new AlertSeed { Severity = Severity.Low, Tactics = [AttackTactic.Impact, AttackTactic.Discovery], RaisedUtc = new DateTime(2026, 3, 10, 0, 0, 0, DateTimeKind.Utc) },
            new AlertSeed { Severity = Severity.Low, Tactics = [AttackTactic.Impact], RaisedUtc = new DateTime(2026, 2, 9, 0, 0, 0, DateTimeKind.Utc) },
            new AlertSeed { Severity = Severity.Low, Tactics = [AttackTactic.Impact], RaisedUtc = new DateTime(2026, 2, 8, 23, 59, 59, DateTimeKind.Utc) },
        ]);

        var numbers = await queries.ReadAsync(default);

        Assert.Equal(new SeverityCounts(0, 0, 1, 0), numbers.ByDay[0].Alerts);
        Assert.Equal(new SeverityCounts(1, 0, 0, 0), numbers.ByDay[^2].Alerts);
        Assert.Equal(new SeverityCounts(0, 0, 1, 0), numbers.ByDay[^1].Alerts);
        Assert.Equal(3, numbers.ByDay.Sum(day => day.Alerts.Total));
        Assert.Equal(new SeverityCounts(1, 0, 2, 0), numbers.ByTactic.Single(tactic => tactic.Tactic is AttackTactic.Impact).Alerts);
    }

    [Fact]
    public async Task Read_TopLists_CountAlertsAndAreCutAtFive()
    {
        await store.RaiseAsync(Enumerable.Range(1, 7).SelectMany(number => Enumerable.Range(0, number).Select(_ => new AlertSeed { Host = $"host-{number}", Country = "Chad", Process = $"p{number % 2}", Rows = 0 })));

        var numbers = await queries.ReadAsync(default);

        Assert.Equal([new EntityCount("host-7", 7), new EntityCount("host-6", 6), new EntityCount("host-5", 5), new EntityCount("host-4", 4), new EntityCount("host-3", 3)], numbers.TopHosts);
        Assert.Equal([new EntityCount("Chad", 28)], numbers.TopCountries);
        Assert.Equal([new EntityCount("p1", 16), new EntityCount("p0", 12)], numbers.TopProcesses);
        Assert.Equal(28, Assert.Single(numbers.TopRules).Alerts);
    }

    [Fact]
    public async Task Read_ClosedAlerts_GiveTheFalsePositiveShareOfEachRule()
    {
        var other = Guid.NewGuid();
        var seen = await store.RaiseAsync([new AlertSeed(), new AlertSeed(), new AlertSeed(), new AlertSeed(), new AlertSeed { RuleId = other, RuleName = "Other" }]);
        await triage.CloseAsync(seen[0], new ClosingVerdict(Classification.FalsePositive, ClassificationReason.InaccurateData), null, Ada, default);
        await triage.CloseAsync(seen[1], new ClosingVerdict(Classification.TruePositive, ClassificationReason.SuspiciousActivity), null, Ada, default);
        await triage.CloseAsync(seen[2], new ClosingVerdict(Classification.Undetermined, ClassificationReason.None), null, Ada, default);

        var verdicts = Assert.Single((await queries.ReadAsync(default)).Verdicts);

        Assert.Equal((AlertSeed.FirstRule, 3, 1), (verdicts.Rule.Id, verdicts.Closed, verdicts.FalsePositives));
        Assert.Equal(1.0 / 3, verdicts.FalsePositiveShare);
    }
}
