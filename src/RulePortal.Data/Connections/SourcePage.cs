namespace RulePortal.Data.Connections;

/// <summary>Some of the machines.</summary>
/// <param name="Items">The longest silent first.</param>
/// <param name="Total">How many there are.</param>
/// <param name="NewestUtc">TimeGenerated of the newest row of any machine, or null when there is none. UTC.</param>
public sealed record SourcePage(IReadOnlyList<SourceFreshness> Items, int Total, DateTime? NewestUtc);
