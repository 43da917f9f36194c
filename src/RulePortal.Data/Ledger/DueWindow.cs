namespace RulePortal.Data.Ledger;

/// <summary>A window that waits for a worker.</summary>
/// <param name="Id">The window.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="IsLive">Whether it is its rule's newest: it does not wait behind older ones.</param>
public sealed record DueWindow(long Id, Guid RuleId, bool IsLive);
