namespace RulePortal.Data.Ledger;

/// <summary>Which attempts a list shows; what is null does not filter.</summary>
/// <param name="RuleId">Of this rule.</param>
/// <param name="WindowId">At this window.</param>
/// <param name="Outcome">That ended so.</param>
/// <param name="FromUtc">That began at or after this instant. UTC.</param>
/// <param name="ToUtc">That began before this instant. UTC.</param>
public sealed record RuleRunFilter(Guid? RuleId = null, long? WindowId = null, AttemptOutcome? Outcome = null, DateTime? FromUtc = null, DateTime? ToUtc = null);
