using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using static RulePortal.Data.Tests.Evaluation.ReplayBench;

namespace RulePortal.Data.Tests.Evaluation;

/// <summary>Rows of alerts are excluded from the baseline while the alerts stand, and what was excluded is frozen.</summary>
public abstract class AlertedRowsTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly DateTime Noon = AlertSeed.Noon;
    private static readonly TimeRange Month = new(Noon.AddDays(-30), Noon.AddDays(1));

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private AlertTriage Triage => new(Store, Store.Clock);

    [Fact]
    public async Task ReadAsync_OpenAndTruePositiveAlerts_AreThoseOfTheirCountriesInTheirWindows()
    {
        await Store.RaiseAsync(new AlertSeed { Country = "Open" });
        var confirmed = await Store.RaiseAsync(new AlertSeed { Country = "Confirmed", WindowEndUtc = Noon.AddHours(-5) });
        var benign = await Store.RaiseAsync(new AlertSeed { Country = "Benign" });
        var wrong = await Store.RaiseAsync(new AlertSeed { Country = "Wrong" });
        await Store.RaiseAsync(new AlertSeed { Country = "Other", RuleId = Guid.NewGuid() });
        await CloseAsync(confirmed, Classification.TruePositive, ClassificationReason.SuspiciousActivity);
        await CloseAsync(benign, Classification.BenignPositive, ClassificationReason.SuspiciousButExpected);
        await CloseAsync(wrong, Classification.FalsePositive, ClassificationReason.IncorrectAlertLogic);

        var alerted = await ReadAsync(Month);

        Assert.False(alerted.IsCut);
        Assert.Equal([new(1, Country("Open"), new TimeRange(Noon.AddHours(-1), Noon)), new(confirmed.Id, Country("Confirmed"), new TimeRange(Noon.AddHours(-6), Noon.AddHours(-5)))], alerted.Exclusions);
    }

    [Fact]
    public async Task ReadAsync_AlertsOfOneWindow_RepeatNothingAndTellCasesApart()
    {
        await Store.RaiseAsync(new AlertSeed { Country = "Chile" });
        await Store.RaiseAsync(new AlertSeed { Country = "Chile" });
        await Store.RaiseAsync(new AlertSeed { Entities = [new(EntityType.Country, "chile"), new(EntityType.Country, "Peru"), new(EntityType.Host, "Peru 2")] });

        Assert.Equal([(1, "Chile"), (3, "chile"), (3, "Peru")], (await ReadAsync(Month)).Exclusions.Select(each => (each.AlertId, each.Subject["RemoteCountry"]!)));
    }

    [Theory]
    [InlineData(0, 10, false)]
    [InlineData(-1, 0, true)]
    [InlineData(-10, -1, false)]
    [InlineData(-30, 0, true)]
    public async Task ReadAsync_Span_MeetsTheWindow(int fromHours, int toHours, bool meets)
    {
        await Store.RaiseAsync(new AlertSeed());

        Assert.Equal(meets ? 1 : 0, (await ReadAsync(new TimeRange(Noon.AddHours(fromHours), Noon.AddHours(toHours)))).Exclusions.Count);
    }

    [Fact]
    public async Task ReadAsync_VeryManyCountries_IsCutAndSaysSo()
    {
        await Store.RaiseAsync(new AlertSeed { Entities = [.. Enumerable.Range(0, 600).Select(n => new FindingEntity(EntityType.Country, $"Country {n}"))] });
        await Store.RaiseAsync(new AlertSeed { WindowEndUtc = Noon.AddHours(-1), Entities = [.. Enumerable.Range(0, 600).Select(n => new FindingEntity(EntityType.Country, $"Country {n}"))] });

        var alerted = await ReadAsync(Month);

        Assert.Equal((true, AlertedRows.Most), (alerted.IsCut, alerted.Exclusions.Count));
        Assert.Equal(600, alerted.Exclusions.Count(each => each.Range.EndUtc == Noon));
    }

    [Fact]
    public async Task EvaluateAsync_WithAlertsExcluded_FreezesThemAndReplaysWithThemHoweverTheAlertsStand()
    {
        var bench = await CreateAsync(Store);
        await bench.SaveAsync(rule => rule with { BaselineExcludesAlerts = true });
        // Eight rows of an earlier alert would make the country common.
        await bench.ImportAsync([.. Enumerable.Range(0, 8).Select(minute => Row(End.AddHours(-5).AddMinutes(-minute - 1), "Chile", "nc")), InWindow("Chile", "nc"), InWindow("Peru", "nc")]);
        var earlier = await Store.RaiseAsync(new AlertSeed { RuleId = bench.Ledger.RuleId, Country = "Chile", WindowEndUtc = End.AddHours(-5) });
        await Store.RaiseAsync(new AlertSeed { RuleId = bench.Ledger.RuleId, Country = "Nowhere", WindowEndUtc = End.AddHours(-5) });

        var run = await bench.EvaluateAsync();

        Assert.Equal(2, run.ResultCount);
        var queries = new RuleQueries(Store, bench.Ledger.Rules, Store.Clock);
        Assert.Equal([new ExcludedRows(new BaselineExclusion(earlier.Id, Country("Chile"), new TimeRange(End.AddHours(-6), End.AddHours(-5))), 8)], await queries.ExcludedAsync(run.AttemptId, Token));
        Assert.Equal([(1, false)], (await queries.RunsAsync(new RuleRunFilter(bench.Ledger.RuleId), 0, 10, Token)).Items.Select(item => (item.ExclusionCount, item.IsExclusionCut)));
        var evidence = (await new AlertDetailQueries(Store).EvidenceAsync(run.AlertIds[0], 0, 10, Token))!.Items;
        Assert.EndsWith($" 8 rows of alert #{earlier.Id} are not counted.", evidence[0].Explanation.Branch, StringComparison.Ordinal);
        Assert.DoesNotContain("not counted", evidence[1].Explanation.Branch, StringComparison.Ordinal);

        await CloseAsync(earlier, Classification.FalsePositive, ClassificationReason.IncorrectAlertLogic);
        Assert.Equal(ReplayVerdict.Identical, Assert.Single((await bench.ReplayAsync(run.AlertIds[0])).Attempts).Verdict);
        await using var frozen = await Store.EvaluationSnapshots.OpenFrozenAsync(await queries.ExcludedAsync(run.AttemptId, Token), 1, Token);
        Assert.Equal(0, await frozen.Connections.Countries.CountAsync("outbound", "Chile", new TimeRange(End.AddDays(-30), End.AddHours(-1)), 9, Token));
        // Judged again now, the window counts what the alert no longer excludes.
        Assert.Equal(1, (await bench.EvaluateAsync()).ResultCount);
    }

    [Fact]
    public async Task RetentionSweep_OldRuns_GoWithWhatTheyExcluded()
    {
        var ledger = await LedgerStore.CreateAsync(Store);
        var lease = (await ledger.LeaseAsync(await ledger.PlanOneAsync()))!;
        await ledger.Recorder.CompleteAsync(lease, LedgerStore.Quiet(lease) with { Excluded = [new ExcludedRows(new BaselineExclusion(1, Country("Chile"), Month), 3)], IsExcludedCut = true }, Token);
        await using var db = Store.CreateDbContext();
        Assert.Equal((1, true), (await db.AttemptExclusions.CountAsync(Token), (await ledger.AttemptsAsync()).Single().IsExclusionCut));
        Store.Clock.Advance(TimeSpan.FromDays(1000));

        await new RetentionSweep(Store, Store.Dialect, Store.Clock).RunAsync(new RetentionPolicy(), RulePortal.Data.Auditing.Actor.System, Token);

        Assert.Equal(0, await db.AttemptExclusions.CountAsync(Token));
    }

    private static Subject Country(string name) => Subject.Of(nameof(VmConnection.RemoteCountry), name);

    private async Task<AlertedRows> ReadAsync(TimeRange span)
    {
        await using var history = await Store.Snapshots.OpenAsync(Token);
        return await AlertedRows.ReadAsync(history.Db, AlertSeed.FirstRule, span, Token);
    }

    private async Task CloseAsync(AlertReference alert, Classification classification, ClassificationReason reason) =>
        Assert.Equal(TriageOutcome.Changed, (await Triage.CloseAsync(alert, new ClosingVerdict(classification, reason), null, TestStore.Ada, Token)).Outcome);
}

public sealed class SqliteAlertedRowsTests() : AlertedRowsTests(StoreKind.Sqlite);

public sealed class SqlServerAlertedRowsTests() : AlertedRowsTests(StoreKind.SqlServer);
