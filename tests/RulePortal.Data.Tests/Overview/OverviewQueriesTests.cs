using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Overview;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Overview;

public sealed class OverviewQueriesTests : IDisposable
{
    private static readonly Actor Ada = new("dev:Responder", "Ada") { Rights = ActorRights.Respond };

    private readonly AlertStore store = new();
    private readonly AlertTriage triage;
    private readonly OverviewQueries queries;

    public OverviewQueriesTests()
    {
        triage = new AlertTriage(store, store.Clock);
        queries = new OverviewQueries(store, new SourceWatch(store, new SourceExpectation(TimeSpan.FromHours(1)), store.Clock), store.Clock);
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

    [Fact]
    public async Task Health_EmptyStore_HasNothing()
    {
        var health = await queries.HealthAsync(default);

        Assert.Equal((0, 0, null, 0, 0), (health.EnabledRules, health.Troubles.Count, health.NewestRowUtc, health.Sources, health.SilentSources));
    }

    [Fact]
    public async Task Health_RulesThatFailOrAreDisabled_AreToldWithTheReason()
    {
        var (well, recovered, failing, stopped, given) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await using (var db = store.CreateDbContext())
        {
            db.AnalyticsRules.AddRange(
                new AnalyticsRule(well, "Well", true, store.Now),
                new AnalyticsRule(recovered, "Recovered", true, store.Now),
                new AnalyticsRule(failing, "Failing", true, store.Now),
                new AnalyticsRule(stopped, "Stopped", false, store.Now));
            var disabled = new AnalyticsRule(given, "Given up", true, store.Now);
            disabled.Faulted(1, "too many rows.");
            db.AnalyticsRules.Add(disabled);
            await db.SaveChangesAsync();
            await AttemptsAsync(db, well, AttemptOutcome.BelowThreshold);
            await AttemptsAsync(db, recovered, AttemptOutcome.RuleFault, AttemptOutcome.Alerted);
            await AttemptsAsync(db, failing, AttemptOutcome.Alerted, AttemptOutcome.TransientFault, AttemptOutcome.Running);
        }

        var health = await queries.HealthAsync(default);

        Assert.Equal((3, 1, 2), (health.EnabledRules, health.FailingRules, health.DisabledRules));
        Assert.Equal(
            [("Failing", "Ended as TransientFault."), ("Given up", "Disabled after 1 faults in a row: too many rows."), ("Stopped", null)],
            health.Troubles.Select(trouble => (trouble.Rule.Name, trouble.Reason)));
    }

    [Fact]
    public async Task Health_Sources_TellTheNewestRowAndWhoIsSilent()
    {
        await using (var db = store.CreateDbContext())
        {
            db.ConnectionSources.AddRange(
                new ConnectionSource { ComputerId = 1, FirstUtc = store.Now.AddDays(-1), LastUtc = store.Now.AddMinutes(-3), Rows = 9 },
                new ConnectionSource { ComputerId = 2, FirstUtc = store.Now.AddDays(-1), LastUtc = store.Now.AddHours(-1).AddTicks(-1), Rows = 9 },
                new ConnectionSource { ComputerId = 3, FirstUtc = store.Now.AddDays(-1), LastUtc = store.Now.AddHours(-1), Rows = 9 });
            await db.SaveChangesAsync();
        }

        var health = await queries.HealthAsync(default);

        Assert.Equal((store.Now.AddMinutes(-3), 3, 1), (health.NewestRowUtc, health.Sources, health.SilentSources));
    }

    private async Task AttemptsAsync(PortalDbContext db, Guid rule, params AttemptOutcome[] outcomes)
    {
        foreach (var (index, outcome) in outcomes.Index())
        {
            var window = new RuleWindow { RuleId = rule, StartUtc = store.Now.AddHours(index - 9), EndUtc = store.Now.AddHours(index - 8) };
            db.RuleWindows.Add(window);
            await db.SaveChangesAsync();
            db.RuleAttempts.Add(new RuleAttempt
            {
                WindowId = window.Id,
                RuleId = rule,
                WindowEndUtc = window.EndUtc,
                Kind = AttemptKind.Scheduled,
                RuleVersion = 1,
                FencingToken = 1,
                ActorName = "System",
                StartedUtc = window.EndUtc.AddMinutes(5),
                Outcome = outcome,
                Sentence = $"Ended as {outcome}.",
            });
            await db.SaveChangesAsync();
        }
    }
}
