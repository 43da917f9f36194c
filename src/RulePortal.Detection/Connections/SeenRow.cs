namespace RulePortal.Detection.Connections;

/// <summary>When and where a row was seen.</summary>
/// <param name="TimeGenerated">UTC.</param>
/// <param name="Direction">Its direction.</param>
/// <param name="Country">Its country, perhaps empty.</param>
public readonly record struct SeenRow(DateTime TimeGenerated, string Direction, string Country);
