namespace RulePortal.Data.Connections;

/// <summary>What one machine has reported.</summary>
/// <param name="Computer">Its name, as the telemetry spells it.</param>
/// <param name="FirstUtc">TimeGenerated of its oldest row. UTC.</param>
/// <param name="LastUtc">TimeGenerated of its newest row. UTC.</param>
/// <param name="Rows">Rows stored.</param>
/// <param name="Expected">Longest time between two rows that is ordinary for it, or null when it is not expected to report.</param>
/// <param name="IsOwn">Whether that was set for this machine.</param>
/// <param name="IsSilent">Whether its last row is longer ago.</param>
public sealed record SourceFreshness(string Computer, DateTime FirstUtc, DateTime LastUtc, long Rows, TimeSpan? Expected, bool IsOwn, bool IsSilent);
