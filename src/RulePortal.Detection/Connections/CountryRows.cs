namespace RulePortal.Detection.Connections;

/// <summary>How often a country of the window was seen in the lookback.</summary>
/// <param name="Country">Country name, never empty.</param>
/// <param name="Rows">Rows in the lookback, counted no further than the cap that was asked for.</param>
public sealed record CountryRows(string Country, long Rows);
