using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Late;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.RuleRuns;

namespace RulePortal.Web.Features.Rules;

/// <summary>Windows and attempts in a word each, with the colour that goes with it: good, quiet, warn or bad.</summary>
internal static class RunWords
{
    public static (string Word, string Tone) Of(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.Running => ("Running", "quiet"),
        AttemptOutcome.Alerted => ("Alerted", "alert"),
        AttemptOutcome.BelowThreshold => ("Below threshold", "good"),
        AttemptOutcome.AlreadyAlerted => ("Already alerted", "good"),
        AttemptOutcome.Learning => ("Learning", "quiet"),
        AttemptOutcome.NoData => ("No data", "warn"),
        AttemptOutcome.Suppressed => ("Suppressed", "quiet"),
        AttemptOutcome.TransientFault => ("Fault, tried again", "warn"),
        AttemptOutcome.Held => ("Held", "bad"),
        AttemptOutcome.RuleFault => ("Fault of the rule", "bad"),
        _ => ("Lease lost", "warn"),
    };

    public static (string Word, string Tone) Of(RuleWindowRow window) => window.Status switch
    {
        WindowStatus.Due => window.AttemptCount == 0 ? ("Due", "quiet") : ("To be tried again", "warn"),
        WindowStatus.Running => ("Running", "quiet"),
        WindowStatus.Skipped => ("Skipped", "quiet"),
        WindowStatus.Held => ("Held, waits for a person", "bad"),
        WindowStatus.Failed => ("Failed", "bad"),
        WindowStatus.NoData => Of(AttemptOutcome.NoData),
        WindowStatus.Suppressed => Of(AttemptOutcome.Suppressed),
        _ => window.LastAttempt is { } attempt ? Of(attempt.Outcome) : ("Evaluated", "good"),
    };

    public static (string Word, string Tone) Of(LateVerdict verdict) => verdict switch
    {
        LateVerdict.WouldAlert => ("Late data: would now alert", "bad"),
        LateVerdict.Changed => ("Late data: other numbers", "warn"),
        LateVerdict.Unchanged => ("Late data: unchanged", "good"),
        LateVerdict.BeyondRetention => ("Late data: too old to say", "quiet"),
        _ => ("Late data: being looked at", "quiet"),
    };

    public static (string Word, string Tone) Of(GapState state) => state switch
    {
        GapState.Unfilled => ("Unfilled", "warn"),
        GapState.Filling => ("Filling", "quiet"),
        GapState.Filled => ("Filled", "good"),
        _ => ("Skipped", "warn"),
    };

    public static string Of(AttemptKind kind) => kind switch
    {
        AttemptKind.Scheduled => "Scheduled",
        AttemptKind.Retry => "Retry",
        AttemptKind.RunNow => "Run now",
        AttemptKind.Backfill => "Backfill",
        _ => "Late data",
    };

    public static string Of(RunNowResult result) => result.Outcome switch
    {
        RunNowOutcome.Ran when result.Runs.Count == 1 => result.Runs[0].Sentence,
        RunNowOutcome.Ran => $"{Words.Count(result.Runs.Count, "window")} evaluated. The latest: {result.Runs[0].Sentence}",
        RunNowOutcome.AlreadyRunning => "Another worker is evaluating the window. Its outcome will stand in the tab Runs.",
        RunNowOutcome.BeyondRetention => "Retention has let go of connections the window looks back on. Evaluated again, what was common would look rare.",
        RunNowOutcome.Held => "The rule is held: decide of the window that holds it first.",
        RunNowOutcome.Disabled => "The rule is disabled; enable it first.",
        _ => "It is gone.",
    };

    /// <summary>How long an attempt took, such as "140 ms" or "2.4 s".</summary>
    public static string Took(RuleRun run) => run.EndedUtc is not { } ended ? ""
        : ended - run.StartedUtc is var took && took.TotalSeconds < 1 ? FormattableString.Invariant($"{took.TotalMilliseconds:0} ms")
        : FormattableString.Invariant($"{took.TotalSeconds:0.0} s");
}
