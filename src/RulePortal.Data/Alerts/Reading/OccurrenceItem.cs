namespace RulePortal.Data.Alerts.Reading;

/// <summary>One finding of a rule in one window.</summary>
/// <param name="Id">Identity.</param>
/// <param name="RuleVersion">The rule version that found it.</param>
/// <param name="WindowStartUtc">Start of the window. UTC.</param>
/// <param name="WindowEndUtc">End of the window. UTC.</param>
/// <param name="TotalRows">Result rows in all.</param>
/// <param name="StoredRows">Result rows kept as evidence.</param>
public sealed record OccurrenceItem(long Id, int RuleVersion, DateTime WindowStartUtc, DateTime WindowEndUtc, int TotalRows, int StoredRows);
