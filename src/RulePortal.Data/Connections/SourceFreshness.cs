namespace RulePortal.Data.Connections;

/// <summary>What one machine has reported.</summary>
/// <param name="Computer">Its name, as the telemetry spells it.</param>
/// <param name="FirstUtc">TimeGenerated of its oldest row. UTC.</param>
/// <param name="LastUtc">TimeGenerated of its newest row. UTC.</param>
/// <param name="Rows">Rows stored.</param>
public sealed record SourceFreshness(string Computer, DateTime FirstUtc, DateTime LastUtc, long Rows);
