using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;

namespace RulePortal.Data.Ledger;

/// <summary>The right to evaluate a window until the lease runs out; its token fences off a worker that lost it.</summary>
/// <param name="WindowId">The window.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="EndUtc">The window's end. UTC.</param>
/// <param name="Token">The fencing token.</param>
/// <param name="AttemptId">The attempt begun under the lease.</param>
/// <param name="Attempt">Which attempt of the window this is, from 1.</param>
/// <param name="Rule">The rule as it stood when the attempt began.</param>
/// <param name="IsHoldWaived">Whether a person let the window alert however many result rows it has.</param>
public sealed record WindowLease(long WindowId, Guid RuleId, DateTime EndUtc, int Token, long AttemptId, int Attempt, RuleSnapshot Rule, bool IsHoldWaived = false);

/// <summary>Who wants to evaluate a window, and why.</summary>
/// <param name="WindowId">The window.</param>
/// <param name="Kind">Why; a second or later attempt of a due window is recorded as a retry.</param>
/// <param name="Actor">On whose behalf.</param>
/// <param name="Owner">The worker's name, unique among all nodes; at most 160 characters.</param>
/// <param name="Length">How long the lease holds.</param>
/// <param name="AllowEnded">Whether a window evaluated before may be attempted again.</param>
public sealed record LeaseRequest(long WindowId, AttemptKind Kind, Actor Actor, string Owner, TimeSpan Length, bool AllowEnded);

/// <summary>A window that waits for a worker.</summary>
/// <param name="Id">The window.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="IsLive">Whether it is its rule's newest: it does not wait behind older ones.</param>
public sealed record DueWindow(long Id, Guid RuleId, bool IsLive);
