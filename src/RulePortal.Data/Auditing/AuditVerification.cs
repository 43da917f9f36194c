namespace RulePortal.Data.Auditing;

/// <summary>What a verification of the chain found.</summary>
/// <param name="Verified">Entries that are as they were sealed, from the last checkpoint to the first fault or the end.</param>
/// <param name="Unsealed">Entries that wait to be sealed.</param>
/// <param name="Removed">Entries that went behind checkpoints before.</param>
/// <param name="End">The last entry verified, to be noted elsewhere; null when there is none.</param>
/// <param name="Fault">The first fault, or null when all is well.</param>
public sealed record AuditVerification(long Verified, int Unsealed, long Removed, AuditAnchor? End, AuditFault? Fault);
