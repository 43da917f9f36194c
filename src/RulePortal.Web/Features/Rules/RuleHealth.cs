using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;

namespace RulePortal.Web.Features.Rules;

/// <summary>How a rule fares, in a word.</summary>
/// <param name="Word">For people.</param>
/// <param name="Tone">Which colour: good, quiet, warn or bad.</param>
internal sealed record RuleHealth(string Word, string Tone)
{
    // The dispatcher looks every minute; a run that is later than this waits for something.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public static RuleHealth Of(RuleOverview rule, DateTime? nextRunUtc, DateTime nowUtc) => rule switch
    {
        { Rule: { Enabled: false, AutoDisabledReason: not null } } => new("Disabled by the portal", "bad"),
        { Rule.Hold: not null } => new("Held", "bad"),
        { Rule.Enabled: false } => new("Disabled", "quiet"),
        { LastRun.Outcome: AttemptOutcome.RuleFault or AttemptOutcome.TransientFault or AttemptOutcome.LeaseLost } => new("Failing", "bad"),
        _ when nextRunUtc + Patience < nowUtc => new("Late", "warn"),
        { LastRun: null } => new("Not run yet", "quiet"),
        { LastRun.Outcome: AttemptOutcome.NoData } => new("No data", "warn"),
        { LastRun.Outcome: AttemptOutcome.Learning } => new("Learning", "quiet"),
        _ => new("Healthy", "good"),
    };
}
