using RulePortal.Data.Rules;

namespace RulePortal.Data.Ledger;

/// <summary>One attempt at a window, as lists show it.</summary>
/// <param name="Id">Identity, ascending.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleName">Its name today.</param>
/// <param name="WindowId">The window.</param>
/// <param name="WindowStartUtc">Where the window starts. UTC.</param>
/// <param name="WindowEndUtc">Where it ends. UTC.</param>
/// <param name="Kind">Why the attempt was made.</param>
/// <param name="RuleVersion">The rule version it evaluated.</param>
/// <param name="ActorName">Who asked for it.</param>
/// <param name="StartedUtc">When it began. UTC.</param>
/// <param name="EndedUtc">When it ended, or null. UTC.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Sentence">The outcome with its numbers; empty while it runs.</param>
/// <param name="Error">What went wrong, or null.</param>
/// <param name="ResultCount">Result rows found, or null when it did not get that far.</param>
/// <param name="AlertCount">Alerts raised.</param>
/// <param name="BaselineDays">Days of the lookback that had rows, or null.</param>
/// <param name="LookbackDays">Days looked back, or null.</param>
/// <param name="MaxBatchSeq">Highest batch sequence it saw, or null.</param>
/// <param name="ExclusionCount">Spans of alerts whose rows it did not count when it looked back.</param>
/// <param name="IsExclusionCut">Whether more alerts had rows than it kept out.</param>
public sealed record RuleRun(
    long Id,
    Guid RuleId,
    string RuleName,
    long WindowId,
    DateTime WindowStartUtc,
    DateTime WindowEndUtc,
    AttemptKind Kind,
    int RuleVersion,
    string ActorName,
    DateTime StartedUtc,
    DateTime? EndedUtc,
    AttemptOutcome Outcome,
    string Sentence,
    string? Error,
    int? ResultCount,
    int AlertCount,
    int? BaselineDays,
    int? LookbackDays,
    long? MaxBatchSeq,
    int ExclusionCount = 0,
    bool IsExclusionCut = false);

/// <summary>Which attempts a list shows; what is null does not filter.</summary>
/// <param name="RuleId">Of this rule.</param>
/// <param name="WindowId">At this window.</param>
/// <param name="Outcome">That ended so.</param>
/// <param name="FromUtc">That began at or after this instant. UTC.</param>
/// <param name="ToUtc">That began before this instant. UTC.</param>
public sealed record RuleRunFilter(Guid? RuleId = null, long? WindowId = null, AttemptOutcome? Outcome = null, DateTime? FromUtc = null, DateTime? ToUtc = null);
