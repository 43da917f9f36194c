namespace RulePortal.Data.Auditing;

/// <summary>How the chain stands.</summary>
/// <param name="Sealed">Sealed entries that are kept.</param>
/// <param name="Waiting">Entries not sealed yet.</param>
/// <param name="Head">Its end, or null when that is gone.</param>
/// <param name="Checkpoint">Behind which entries were removed, or null.</param>
public sealed record AuditChainState(long Sealed, int Waiting, AuditChainHead? Head, AuditCheckpoint? Checkpoint);
