using RulePortal.Data.Analytics;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Tests.Analytics;

public sealed class RuleQueriesTests : IDisposable
{
    private static readonly DateTime Now = RuleLedger.Now;
    private static readonly ClosingVerdict FalsePositive = new(Classification.FalsePositive, ClassificationReason.InaccurateData);
    private static readonly ClosingVerdict TruePositive = new(Classification.TruePositive, ClassificationReason.SuspiciousActivity);

    private readonly RuleLedger ledger = new();

    public void Dispose() => ledger.Dispose();

    [Fact]
    public async Task OverviewAsync_NoRules_IsEmpty() => Assert.Empty(await ledger.Rules.OverviewAsync(default));

    [Fact]
    public async Task OverviewAsync_RuleThatNeverRan_HasNoRunAndNoShare()
    {
        ledger.AddRule("Quiet");

        var rule = Assert.Single(await ledger.Rules.OverviewAsync(default));

        Assert.Equal("Quiet", rule.Rule.Definition.Name);
        Assert.Null(rule.LastRun);
        Assert.Null(rule.FalsePositiveShare);
        Assert.Equal((0, 0, 0, 0), (rule.Alerts24Hours, rule.Alerts7Days, rule.Closed30Days, rule.FalsePositives30Days));
    }

    [Fact]
    public async Task OverviewAsync_SeveralRules_AreOrderedByNameAndKeepTheirNumbersApart()
    {
        var zulu = ledger.AddRule("Zulu");
        var alpha = ledger.AddRule("Alpha");
        ledger.AddAlert(zulu, Now.AddHours(-23));
        ledger.AddAlert(zulu, Now.AddHours(-25), FalsePositive);
        ledger.AddAlert(zulu, Now.AddDays(-8), TruePositive);
        ledger.AddAlert(zulu, Now.AddDays(-29), TruePositive);
        ledger.AddAlert(zulu, Now.AddDays(-31), FalsePositive);
        ledger.AddAlert(alpha, Now.AddDays(-7));

        var rules = await ledger.Rules.OverviewAsync(default);

        Assert.Equal(["Alpha", "Zulu"], rules.Select(r => r.Rule.Definition.Name));
        Assert.Equal((0, 1, 0, 0), (rules[0].Alerts24Hours, rules[0].Alerts7Days, rules[0].Closed30Days, rules[0].FalsePositives30Days));
        Assert.Equal((1, 2, 3, 1), (rules[1].Alerts24Hours, rules[1].Alerts7Days, rules[1].Closed30Days, rules[1].FalsePositives30Days));
        Assert.Equal(1.0 / 3, rules[1].FalsePositiveShare);
    }

    [Fact]
    public async Task OverviewAsync_OldWindowFilledAfterTheLiveOne_ShowsTheLiveOnesLastAttempt()
    {
        var rule = ledger.AddRule("Rule");
        ledger.AddWindow(rule, Now.AddMinutes(-30), WindowStatus.Succeeded, AttemptOutcome.TransientFault, AttemptOutcome.Alerted);
        ledger.AddWindow(rule, Now.AddMinutes(-90), WindowStatus.Succeeded, AttemptOutcome.BelowThreshold);
        ledger.AddWindow(rule, Now.AddMinutes(30), WindowStatus.Due);

        var run = Assert.Single(await ledger.Rules.OverviewAsync(default)).LastRun;

        Assert.NotNull(run);
        Assert.Equal((AttemptOutcome.Alerted, AttemptKind.Retry), (run.Outcome, run.Kind));
        Assert.Equal((Now.AddMinutes(-90), Now.AddMinutes(-30)), (run.WindowStartUtc, run.WindowEndUtc));
        Assert.Equal(DateTimeKind.Utc, run.StartedUtc.Kind);
    }

    [Fact]
    public async Task VersionsAsync_SecondPage_TellsChangesAcrossThePageBoundary()
    {
        var first = RuleLedger.Definition("Rule");
        var rule = ledger.AddRule("Rule", first, first with { Severity = Severity.High }, first with { Severity = Severity.High, TriggerThreshold = 9 });

        var page = await ledger.Rules.VersionsAsync(rule, 0, 2, default);
        var rest = await ledger.Rules.VersionsAsync(rule, 2, 2, default);

        Assert.Equal((3, 3), (page.Total, rest.Total));
        Assert.Equal([3, 2], page.Items.Select(v => v.Number));
        Assert.Equal(new RuleFieldChange("triggerThreshold", "5", "9"), Assert.Single(page.Items[0].Changes));
        Assert.Equal(new RuleFieldChange("severity", "Medium", "High"), Assert.Single(page.Items[1].Changes));
        var oldest = Assert.Single(rest.Items);
        Assert.Equal((1, "Author 1", "Note 1"), (oldest.Number, oldest.ActorName, oldest.Note));
        Assert.Empty(oldest.Changes);
    }

    [Fact]
    public async Task WindowsAsync_Paged_AreLatestFirstWithTheirLastAttempt()
    {
        var rule = ledger.AddRule("Rule");
        var other = ledger.AddRule("Other");
        ledger.AddWindow(other, Now, WindowStatus.Succeeded, AttemptOutcome.Alerted);
        foreach (var hour in Enumerable.Range(0, 5))
        {
            ledger.AddWindow(rule, Now.AddHours(-hour), WindowStatus.Succeeded, AttemptOutcome.LeaseLost, AttemptOutcome.BelowThreshold);
        }

        var page = await ledger.Rules.WindowsAsync(rule, new RuleWindowFilter(), 1, 2, default);

        Assert.Equal(5, page.Total);
        Assert.Equal([Now.AddHours(-1), Now.AddHours(-2)], page.Items.Select(w => w.EndUtc));
        Assert.All(page.Items, w => Assert.Equal((2, AttemptOutcome.BelowThreshold), (w.AttemptCount, w.LastAttempt?.Outcome)));
    }

    [Fact]
    public async Task WindowsAsync_FilteredByOutcome_LooksAtTheLastAttemptAlone()
    {
        var rule = ledger.AddRule("Rule");
        var alerted = ledger.AddWindow(rule, Now, WindowStatus.Succeeded, AttemptOutcome.RuleFault, AttemptOutcome.Alerted);
        ledger.AddWindow(rule, Now.AddHours(-1), WindowStatus.Failed, AttemptOutcome.RuleFault);
        var skipped = ledger.AddWindow(rule, Now.AddHours(-2), WindowStatus.Skipped);

        Assert.Equal([alerted], (await ledger.Rules.WindowsAsync(rule, new RuleWindowFilter(Outcome: AttemptOutcome.Alerted), 0, 10, default)).Items.Select(w => w.Id));
        Assert.Equal(1, (await ledger.Rules.WindowsAsync(rule, new RuleWindowFilter(Outcome: AttemptOutcome.RuleFault), 0, 10, default)).Total);
        var window = Assert.Single((await ledger.Rules.WindowsAsync(rule, new RuleWindowFilter(WindowStatus.Skipped), 0, 10, default)).Items);
        Assert.Equal(skipped, window.Id);
        Assert.Null(window.LastAttempt);
        Assert.Equal("", window.Sentence);
    }

    [Fact]
    public async Task RunsAsync_AcrossRules_AreLastBegunFirstWithTheirRulesNames()
    {
        var alpha = ledger.AddRule("Alpha");
        var beta = ledger.AddRule("Beta");
        ledger.AddWindow(alpha, Now.AddHours(-2), WindowStatus.Succeeded, AttemptOutcome.Alerted);
        ledger.AddWindow(beta, Now.AddHours(-1), WindowStatus.Succeeded, AttemptOutcome.BelowThreshold);
        ledger.AddWindow(alpha, Now, WindowStatus.Running, AttemptOutcome.Running);

        var all = await ledger.Rules.RunsAsync(new RuleRunFilter(), 0, 10, default);
        var second = await ledger.Rules.RunsAsync(new RuleRunFilter(), 1, 1, default);

        Assert.Equal(["Alpha", "Beta", "Alpha"], all.Items.Select(r => r.RuleName));
        Assert.Equal(3, second.Total);
        Assert.Equal("Beta", Assert.Single(second.Items).RuleName);
    }

    [Fact]
    public async Task RunsAsync_Filtered_EveryFilterCounts()
    {
        var alpha = ledger.AddRule("Alpha");
        var beta = ledger.AddRule("Beta");
        var window = ledger.AddWindow(alpha, Now.AddHours(-2), WindowStatus.Succeeded, AttemptOutcome.TransientFault, AttemptOutcome.Alerted);
        ledger.AddWindow(beta, Now.AddHours(-1), WindowStatus.Succeeded, AttemptOutcome.Alerted);
        var begun = Now.AddHours(-2).AddMinutes(6);

        Assert.Equal(2, (await ledger.Rules.RunsAsync(new RuleRunFilter(RuleId: alpha), 0, 10, default)).Total);
        Assert.Equal(2, (await ledger.Rules.RunsAsync(new RuleRunFilter(WindowId: window), 0, 10, default)).Total);
        Assert.Equal(2, (await ledger.Rules.RunsAsync(new RuleRunFilter(Outcome: AttemptOutcome.Alerted), 0, 10, default)).Total);
        Assert.Equal(2, (await ledger.Rules.RunsAsync(new RuleRunFilter(FromUtc: begun), 0, 10, default)).Total);
        Assert.Equal(1, (await ledger.Rules.RunsAsync(new RuleRunFilter(ToUtc: begun), 0, 10, default)).Total);
        Assert.Equal(begun, Assert.Single((await ledger.Rules.RunsAsync(new RuleRunFilter(alpha, window, AttemptOutcome.Alerted, begun, Now), 0, 10, default)).Items).StartedUtc);
    }
}
