namespace RulePortal.Data.Connections;

/// <summary>How much of a lookback has data.</summary>
/// <param name="DaysWithRows">Days, of 24 hours back from the range's end, that have at least one row.</param>
/// <param name="Days">Days of the range, begun ones counted whole.</param>
public sealed record BaselineFullness(int DaysWithRows, int Days);
