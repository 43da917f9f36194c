namespace RulePortal.Data.Auditing;

/// <summary>What retention did.</summary>
/// <param name="Removed">How many entries went.</param>
/// <param name="Checkpoint">The checkpoint written before them, or null when there was nothing to remove.</param>
/// <param name="Fault">Why nothing was removed although entries are past their retention, or null.</param>
public sealed record AuditPruning(long Removed, AuditCheckpoint? Checkpoint, AuditFault? Fault);
