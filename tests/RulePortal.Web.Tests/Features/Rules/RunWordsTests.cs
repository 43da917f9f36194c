using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Features.Rules;

namespace RulePortal.Web.Tests.Features.Rules;

public sealed class RunWordsTests
{
    private static readonly DateTime Now = new(2026, 3, 10, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Of_EveryOutcomeAndKind_HasAWordOfItsOwn()
    {
        var outcomes = Enum.GetValues<AttemptOutcome>();
        var kinds = Enum.GetValues<AttemptKind>();

        Assert.Equal(outcomes.Length, outcomes.Select(outcome => RunWords.Of(outcome).Word).Distinct().Count());
        Assert.Equal(kinds.Length, kinds.Select(RunWords.Of).Distinct().Count());
    }

    [Theory]
    [InlineData(WindowStatus.Due, 0, null, "Due")]
    [InlineData(WindowStatus.Due, 2, AttemptOutcome.TransientFault, "To be tried again")]
    [InlineData(WindowStatus.Running, 1, AttemptOutcome.Running, "Running")]
    [InlineData(WindowStatus.Succeeded, 1, AttemptOutcome.Alerted, "Alerted")]
    [InlineData(WindowStatus.Succeeded, 1, AttemptOutcome.Learning, "Learning")]
    [InlineData(WindowStatus.Failed, 3, AttemptOutcome.RuleFault, "Failed")]
    [InlineData(WindowStatus.Skipped, 0, null, "Skipped")]
    [InlineData(WindowStatus.NoData, 1, AttemptOutcome.NoData, "No data")]
    [InlineData(WindowStatus.Suppressed, 1, AttemptOutcome.Suppressed, "Suppressed")]
    public void Of_Window_SaysWhereItStands(WindowStatus status, int attempts, AttemptOutcome? last, string word) =>
        Assert.Equal(word, RunWords.Of(new RuleWindowRow(1, Now.AddHours(-1), Now, status, attempts, null, "", null, last is { } outcome ? Run(outcome) : null)).Word);

    [Theory]
    [InlineData(140, "140 ms")]
    [InlineData(2449, "2.4 s")]
    public void Took_Ended_IsInTheUnitThatFits(int milliseconds, string expected) =>
        Assert.Equal(expected, RunWords.Took(Run(AttemptOutcome.Alerted) with { EndedUtc = Now.AddMilliseconds(milliseconds) }));

    [Fact]
    public void Took_NotEnded_IsNothing() => Assert.Equal("", RunWords.Took(Run(AttemptOutcome.Running)));

    [Theory]
    [InlineData(true, null, AttemptOutcome.Alerted, 5, "Healthy")]
    [InlineData(true, null, AttemptOutcome.BelowThreshold, -15, "Late")]
    [InlineData(true, null, AttemptOutcome.RuleFault, 5, "Failing")]
    [InlineData(true, null, AttemptOutcome.TransientFault, 5, "Failing")]
    [InlineData(true, null, AttemptOutcome.NoData, 5, "No data")]
    [InlineData(true, null, AttemptOutcome.Learning, 5, "Learning")]
    [InlineData(true, null, null, 5, "Not run yet")]
    [InlineData(false, null, AttemptOutcome.RuleFault, 5, "Disabled")]
    [InlineData(false, "Disabled after 5 faults in a row: it threw", AttemptOutcome.RuleFault, 5, "Disabled by the portal")]
    public void Health_Rule_IsOneWord(bool enabled, string? reason, AttemptOutcome? last, int minutesToNext, string word)
    {
        var snapshot = new RuleSnapshot(Guid.Empty, 1, ShippedRules.RareOutboundConnectionByProcess.Definition, enabled, reason, Now, null, Now, "System");
        var rule = new RuleOverview(snapshot, last is { } outcome ? Run(outcome) : null, 0, 0, 0, 0);

        Assert.Equal(word, RuleHealth.Of(rule, enabled ? Now.AddMinutes(minutesToNext) : null, Now).Word);
    }

    private static RuleRun Run(AttemptOutcome outcome) =>
        new(1, Guid.Empty, "Rule", 1, Now.AddHours(-1), Now, AttemptKind.Scheduled, 1, "System", Now, null, outcome, "", null, null, 0, null, null, null);
}
