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
