namespace RulePortal.Detection.Connections;

/// <summary>Rows that are not counted when a detector looks back: those of one country inside one span.</summary>
/// <param name="AlertId">The alert they belong to; of several with the same country and span, the first.</param>
/// <param name="Country">The country, compared ordinally.</param>
/// <param name="Range">The window of the alert, half-open. UTC.</param>
public sealed record BaselineExclusion(long AlertId, string Country, TimeRange Range);
