using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Tests.Rules;

public abstract class RuleQueriesTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly ClosingVerdict FalsePositive = new(Classification.FalsePositive, ClassificationReason.InaccurateData);
    private static readonly ClosingVerdict TruePositive = new(Classification.TruePositive, ClassificationReason.SuspiciousActivity);

    private RuleShelf Shelf => field ??= new RuleShelf(Store);

    private DateTime Now => Shelf.Now;

    [Fact]
    public async Task OverviewAsync_NoRules_IsEmpty() => Assert.Empty(await Shelf.Queries.OverviewAsync(default));

    [Fact]
    public async Task OverviewAsync_RuleThatNeverRan_HasNoRunAndNoShare()
    {
        Shelf.AddRule("Quiet");

        var rule = Assert.Single(await Shelf.Queries.OverviewAsync(default));

        Assert.Equal("Quiet", rule.Rule.Definition.Name);
        Assert.Null(rule.LastRun);
        Assert.Null(rule.FalsePositiveShare);
        Assert.Equal((0, 0, 0, 0), (rule.Alerts24Hours, rule.Alerts7Days, rule.Closed30Days, rule.FalsePositives30Days));
    }

    [Fact]
    public async Task OverviewAsync_SeveralRules_AreOrderedByNameAndKeepTheirNumbersApart()
    {
        var zulu = Shelf.AddRule("Zulu");
        var alpha = Shelf.AddRule("Alpha");
        Shelf.AddAlert(zulu, Now.AddHours(-23));
        Shelf.AddAlert(zulu, Now.AddHours(-25), FalsePositive);
        Shelf.AddAlert(zulu, Now.AddDays(-8), TruePositive);
        Shelf.AddAlert(zulu, Now.AddDays(-29), TruePositive);
        Shelf.AddAlert(zulu, Now.AddDays(-31), FalsePositive);
        Shelf.AddAlert(alpha, Now.AddDays(-7));

        var rules = await Shelf.Queries.OverviewAsync(default);

        Assert.Equal(["Alpha", "Zulu"], rules.Select(r => r.Rule.Definition.Name));
        Assert.Equal((0, 1, 0, 0), (rules[0].Alerts24Hours, rules[0].Alerts7Days, rules[0].Closed30Days, rules[0].FalsePositives30Days));
        Assert.Equal((1, 2, 3, 1), (rules[1].Alerts24Hours, rules[1].Alerts7Days, rules[1].Closed30Days, rules[1].FalsePositives30Days));
        Assert.Equal(1.0 / 3, rules[1].FalsePositiveShare);
    }

    [Fact]
    public async Task OverviewAsync_OldWindowFilledAfterTheLiveOne_ShowsTheLiveOnesLastAttempt()
    {
        var rule = Shelf.AddRule("Rule");
        Shelf.AddWindow(rule, Now.AddMinutes(-30), WindowStatus.Succeeded, AttemptOutcome.TransientFault, AttemptOutcome.Alerted);
        Shelf.AddWindow(rule, Now.AddMinutes(-90), WindowStatus.Succeeded, AttemptOutcome.BelowThreshold);
        Shelf.AddWindow(rule, Now.AddMinutes(30), WindowStatus.Due);

        var run = Assert.Single(await Shelf.Queries.OverviewAsync(default)).LastRun;

        Assert.NotNull(run);
        Assert.Equal((AttemptOutcome.Alerted, AttemptKind.Retry), (run.Outcome, run.Kind));
        Assert.Equal((Now.AddMinutes(-90), Now.AddMinutes(-30)), (run.WindowStartUtc, run.WindowEndUtc));
        Assert.Equal(DateTimeKind.Utc, run.StartedUtc.Kind);
    }

    [Fact]
    public async Task VersionsAsync_SecondPage_TellsChangesAcrossThePageBoundary()
    {
        var first = RuleShelf.Definition("Rule");
        var rule = Shelf.AddRule("Rule", first, first with { Severity = Severity.High }, first with { Severity = Severity.High, TriggerThreshold = 9 });

        var page = await Shelf.Queries.VersionsAsync(rule, 0, 2, default);
        var rest = await Shelf.Queries.VersionsAsync(rule, 2, 2, default);

        Assert.Equal((3, 3), (page.Total, rest.Total));
        Assert.Equal([3, 2], page.Items.Select(v => v.Number));
        Assert.Equal(new FieldChange("triggerThreshold", "5", "9"), Assert.Single(page.Items[0].Changes));
        Assert.Equal(new FieldChange("severity", "Medium", "High"), Assert.Single(page.Items[1].Changes));
        var oldest = Assert.Single(rest.Items);
        Assert.Equal((1, "Author 1", "Note 1"), (oldest.Number, oldest.ActorName, oldest.Note));
        Assert.Empty(oldest.Changes);
    }

    [Fact]
    public async Task WindowsAsync_Paged_AreLatestFirstWithTheirLastAttempt()
    {
        var rule = Shelf.AddRule("Rule");
        var other = Shelf.AddRule("Other");
        Shelf.AddWindow(other, Now, WindowStatus.Succeeded, AttemptOutcome.Alerted);
        foreach (var hour in Enumerable.Range(0, 5))
        {
            Shelf.AddWindow(rule, Now.AddHours(-hour), WindowStatus.Succeeded, AttemptOutcome.LeaseLost, AttemptOutcome.BelowThreshold);
        }

        var page = await Shelf.Queries.WindowsAsync(rule, new RuleWindowFilter(), 1, 2, default);

        Assert.Equal(5, page.Total);
        Assert.Equal([Now.AddHours(-1), Now.AddHours(-2)], page.Items.Select(w => w.EndUtc));
        Assert.All(page.Items, w => Assert.Equal((2, AttemptOutcome.BelowThreshold), (w.AttemptCount, w.LastAttempt?.Outcome)));
    }

    [Fact]
    public async Task WindowsAsync_FilteredByOutcome_LooksAtTheLastAttemptAlone()
    {
        var rule = Shelf.AddRule("Rule");
        var alerted = Shelf.AddWindow(rule, Now, WindowStatus.Succeeded, AttemptOutcome.RuleFault, AttemptOutcome.Alerted);
        Shelf.AddWindow(rule, Now.AddHours(-1), WindowStatus.Failed, AttemptOutcome.RuleFault);
        var skipped = Shelf.AddWindow(rule, Now.AddHours(-2), WindowStatus.Skipped);

        Assert.Equal([alerted], (await Shelf.Queries.WindowsAsync(rule, new RuleWindowFilter(Outcome: AttemptOutcome.Alerted), 0, 10, default)).Items.Select(w => w.Id));
        Assert.Equal(1, (await Shelf.Queries.WindowsAsync(rule, new RuleWindowFilter(Outcome: AttemptOutcome.RuleFault), 0, 10, default)).Total);
        var window = Assert.Single((await Shelf.Queries.WindowsAsync(rule, new RuleWindowFilter(WindowStatus.Skipped), 0, 10, default)).Items);
        Assert.Equal(skipped, window.Id);
        Assert.Null(window.LastAttempt);
        Assert.Equal("", window.Sentence);
    }

    [Fact]
    public async Task RunsAsync_AcrossRules_AreLastBegunFirstWithTheirRulesNames()
    {
        var alpha = Shelf.AddRule("Alpha");
        var beta = Shelf.AddRule("Beta");
        Shelf.AddWindow(alpha, Now.AddHours(-2), WindowStatus.Succeeded, AttemptOutcome.Alerted);
        Shelf.AddWindow(beta, Now.AddHours(-1), WindowStatus.Succeeded, AttemptOutcome.BelowThreshold);
        Shelf.AddWindow(alpha, Now, WindowStatus.Running, AttemptOutcome.Running);

        var all = await Shelf.Queries.RunsAsync(new RuleRunFilter(), 0, 10, default);
        var second = await Shelf.Queries.RunsAsync(new RuleRunFilter(), 1, 1, default);

        Assert.Equal(["Alpha", "Beta", "Alpha"], all.Items.Select(r => r.RuleName));
        Assert.Equal(3, second.Total);
        Assert.Equal("Beta", Assert.Single(second.Items).RuleName);
    }

    [Fact]
    public async Task RunsAsync_Filtered_EveryFilterCounts()
    {
        var alpha = Shelf.AddRule("Alpha");
        var beta = Shelf.AddRule("Beta");
        var window = Shelf.AddWindow(alpha, Now.AddHours(-2), WindowStatus.Succeeded, AttemptOutcome.TransientFault, AttemptOutcome.Alerted);
        Shelf.AddWindow(beta, Now.AddHours(-1), WindowStatus.Succeeded, AttemptOutcome.Alerted);
        var begun = Now.AddHours(-2).AddMinutes(6);

        Assert.Equal(2, (await Shelf.Queries.RunsAsync(new RuleRunFilter(RuleId: alpha), 0, 10, default)).Total);
        Assert.Equal(2, (await Shelf.Queries.RunsAsync(new RuleRunFilter(WindowId: window), 0, 10, default)).Total);
        Assert.Equal(2, (await Shelf.Queries.RunsAsync(new RuleRunFilter(Outcome: AttemptOutcome.Alerted), 0, 10, default)).Total);
        Assert.Equal(2, (await Shelf.Queries.RunsAsync(new RuleRunFilter(FromUtc: begun), 0, 10, default)).Total);
        Assert.Equal(1, (await Shelf.Queries.RunsAsync(new RuleRunFilter(ToUtc: begun), 0, 10, default)).Total);
        Assert.Equal(begun, Assert.Single((await Shelf.Queries.RunsAsync(new RuleRunFilter(alpha, window, AttemptOutcome.Alerted, begun, Now), 0, 10, default)).Items).StartedUtc);
    }
}

public sealed class RuleQueriesOnSqliteTests() : RuleQueriesTests(StoreKind.Sqlite);

public sealed class RuleQueriesOnSqlServerTests() : RuleQueriesTests(StoreKind.SqlServer);
