namespace RulePortal.Data.Ledger.Gaps;

/// <summary>The windows a person wants filled.</summary>
/// <param name="FromUtc">Begin. UTC.</param>
/// <param name="ToUtc">End. UTC.</param>
/// <param name="Delay">How long after its end a window is due; younger ones are left to the schedule.</param>
public sealed record BackfillSpan(DateTime FromUtc, DateTime ToUtc, TimeSpan Delay);
