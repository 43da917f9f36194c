using RulePortal.Data.Alerts;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Ledger;

/// <summary>What an evaluation came to, before it is written.</summary>
/// <param name="Window">The window the detector looked at.</param>
/// <param name="Outcome">How it ended; <see cref="AttemptOutcome.Alerted"/> when the trigger held, whether or not it was alerted before.</param>
/// <param name="Sentence">The outcome in words, with its numbers.</param>
/// <param name="MaxBatchSeq">Highest batch sequence it saw, or null when it read nothing.</param>
/// <param name="ResultCount">Result rows, or null when it did not look.</param>
/// <param name="BaselineDays">Days of the lookback that have rows, or null when it did not look.</param>
/// <param name="LookbackDays">Days looked back.</param>
/// <param name="Drafts">The alerts asked for.</param>
/// <param name="LookbackFromUtc">Where the history it compared with begins, or null when it had none. UTC.</param>
/// <param name="Hold">What is said in place of <paramref name="Sentence"/> when there is something new to alert on and the rule is held first; null when it may alert by itself.</param>
public sealed record EvaluatedWindow(
    TimeRange Window,
    AttemptOutcome Outcome,
    string Sentence,
    long? MaxBatchSeq,
    int? ResultCount,
    int? BaselineDays,
    int? LookbackDays,
    IReadOnlyList<AlertDraft> Drafts,
    DateTime? LookbackFromUtc = null,
    string? Hold = null)
{
    /// <summary>What was not counted in the lookbacks.</summary>
    public IReadOnlyList<ExcludedRows> Excluded { get; init; } = [];

    /// <summary>Whether more alerts had rows than were excluded.</summary>
    public bool IsExcludedCut { get; init; }
}

/// <summary>An alert that an evaluation asks for; it becomes a new alert, or adds to the one that its window and group key have already.</summary>
/// <param name="GroupKey">The occurrence's key within its window; 1 to 64 characters.</param>
/// <param name="Content">What a new alert says.</param>
/// <param name="Findings">Its result rows; may be empty.</param>
public sealed record AlertDraft(string GroupKey, AlertContent Content, IReadOnlyList<Finding> Findings);

/// <summary>How an evaluation failed.</summary>
/// <param name="Sentence">What went wrong, for people.</param>
/// <param name="Error">Details for the run log; at most 4,000 characters, without payloads.</param>
/// <param name="IsRuleFault">Whether the rule itself is at fault; otherwise the circumstances are, and they never disable a rule.</param>
/// <param name="RetryAtUtc">When to try again, or null to give the window up. UTC.</param>
/// <param name="DisableAfter">Faults of the rule in a row after which it is disabled; at least 1.</param>
public sealed record EvaluationFault(string Sentence, string Error, bool IsRuleFault, DateTime? RetryAtUtc, int DisableAfter);

/// <summary>What was written of an attempt.</summary>
/// <param name="AttemptId">The attempt.</param>
/// <param name="WindowEndUtc">The window's end. UTC.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sentence">The outcome in words, with its numbers.</param>
/// <param name="ResultCount">Result rows, or null.</param>
/// <param name="AlertIds">Alerts raised or added to.</param>
public sealed record RecordedRun(long AttemptId, DateTime WindowEndUtc, AttemptOutcome Outcome, string Sentence, int? ResultCount, IReadOnlyList<long> AlertIds);
