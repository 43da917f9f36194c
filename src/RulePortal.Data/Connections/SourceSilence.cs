namespace RulePortal.Data.Connections;

/// <summary>Machines that have reported nothing for longer than is ordinary for them.</summary>
/// <param name="Sources">Machines that have ever reported.</param>
/// <param name="Silent">Those of them that are silent.</param>
/// <param name="NewestUtc">TimeGenerated of the newest row of any machine, or null when there is none. UTC.</param>
/// <param name="LongestUtc">Since when the longest silent of them is, or null when none is. UTC.</param>
public sealed record SourceSilence(int Sources, int Silent, DateTime? NewestUtc, DateTime? LongestUtc);
