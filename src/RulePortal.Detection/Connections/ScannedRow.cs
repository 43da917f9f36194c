namespace RulePortal.Detection.Connections;

/// <summary>A row as a walk through a country sees it.</summary>
/// <param name="TimeGenerated">UTC.</param>
/// <param name="Tuple">The same number for the same process, source and destination; of meaning within one country of one scan only.</param>
public readonly record struct ScannedRow(DateTime TimeGenerated, int Tuple);
