using RulePortal.Data.Ledger.Late;

namespace RulePortal.Data.Ledger;

/// <summary>A window of a rule with its last attempt.</summary>
/// <param name="Id">Identity.</param>
/// <param name="StartUtc">Where the window starts. UTC.</param>
/// <param name="EndUtc">Where it ends. UTC.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="AttemptCount">Attempts begun.</param>
/// <param name="NotBeforeUtc">Not to be tried before this instant, or null. UTC.</param>
/// <param name="Sentence">What came of it, or empty when it was not tried yet.</param>
/// <param name="Late">What rows that came or went since would change, or null when none did.</param>
/// <param name="LastAttempt">The last attempt, or null when there was none.</param>
public sealed record RuleWindowRow(
    long Id,
    DateTime StartUtc,
    DateTime EndUtc,
    WindowStatus Status,
    int AttemptCount,
    DateTime? NotBeforeUtc,
    string Sentence,
    LateData? Late,
    RuleRun? LastAttempt);

/// <summary>Which windows of a rule a list shows; what is null does not filter.</summary>
/// <param name="Status">That stand there.</param>
/// <param name="Outcome">Whose last attempt ended so.</param>
/// <param name="IsLate">Whether rows came or went after they were evaluated.</param>
/// <param name="Late">What these would change.</param>
public sealed record RuleWindowFilter(WindowStatus? Status = null, AttemptOutcome? Outcome = null, bool? IsLate = null, LateVerdict? Late = null);
