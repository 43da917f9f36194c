namespace RulePortal.Data.Auditing;

/// <summary>The first place where the chain does not hold.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Position">Where.</param>
/// <param name="Sentence">All of it, for people.</param>
public sealed record AuditFault(AuditFaultKind Kind, long Position, string Sentence);
