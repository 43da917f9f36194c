namespace RulePortal.Data.Maintenance.Retention;

/// <summary>What a run came to.</summary>
/// <param name="Removed">What went, part by part.</param>
/// <param name="LongestTransaction">The longest that others who write had to wait for it.</param>
public sealed record RetentionResult(IReadOnlyList<RetentionLine> Removed, TimeSpan LongestTransaction);
