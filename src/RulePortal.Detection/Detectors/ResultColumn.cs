namespace RulePortal.Detection.Detectors;

/// <summary>One value of a result row.</summary>
/// <param name="Name">The KQL column name.</param>
/// <param name="Value">A string, long, int, UTC DateTime, or null.</param>
public readonly record struct ResultColumn(string Name, object? Value);
