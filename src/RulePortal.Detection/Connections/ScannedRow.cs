namespace RulePortal.Detection.Connections;

/// <summary>A row as a walk through a country sees it.</summary>
/// <param name="TimeGenerated">UTC.</param>
/// <param name="Tuple">The same number for the same process, source and destination; of meaning within one country of one scan only.</param>
/// <param name="IsKeptOut">Whether it is a row of its own window only, and not counted when others look back on it.</param>
public readonly record struct ScannedRow(DateTime TimeGenerated, int Tuple, bool IsKeptOut = false);
