using RulePortal.Data.Ledger.Late;

namespace RulePortal.Data.Ledger;

/// <summary>Which windows of a rule a list shows; what is null does not filter.</summary>
/// <param name="Status">That stand there.</param>
/// <param name="Outcome">Whose last attempt ended so.</param>
/// <param name="IsLate">Whether rows came or went after they were evaluated.</param>
/// <param name="Late">What these would change.</param>
public sealed record RuleWindowFilter(WindowStatus? Status = null, AttemptOutcome? Outcome = null, bool? IsLate = null, LateVerdict? Late = null);
