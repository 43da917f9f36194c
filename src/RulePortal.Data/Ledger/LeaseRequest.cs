using RulePortal.Data.Auditing;

namespace RulePortal.Data.Ledger;

/// <summary>Who wants to evaluate a window, and why.</summary>
/// <param name="WindowId">The window.</param>
/// <param name="Kind">Why; a second or later attempt of a due window is recorded as a retry.</param>
/// <param name="Actor">On whose behalf.</param>
/// <param name="Owner">The worker's name, unique among all nodes; at most 160 characters.</param>
/// <param name="Length">How long the lease holds.</param>
/// <param name="AllowEnded">Whether a window evaluated before may be attempted again.</param>
public sealed record LeaseRequest(long WindowId, AttemptKind Kind, Actor Actor, string Owner, TimeSpan Length, bool AllowEnded);
