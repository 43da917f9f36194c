namespace RulePortal.Data.Maintenance.Retention;

/// <summary>What goes, or went, of one part.</summary>
/// <param name="Part">The part.</param>
/// <param name="KeptFromUtc">What is older goes. UTC.</param>
/// <param name="Rows">How many: connections, alerts, windows, rejected rows or sessions. What hangs on them is not counted.</param>
/// <param name="OldestUtc">The oldest there is, or null when there is none or it was not looked for. UTC.</param>
public sealed record RetentionLine(RetentionPart Part, DateTime KeptFromUtc, long Rows, DateTime? OldestUtc);
