namespace RulePortal.Detection.Detectors;

/// <summary>A setting that is a length of time, ISO 8601 in JSON.</summary>
/// <param name="Key">Its key in the settings' JSON object.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Help">What it does, in one line.</param>
/// <param name="Shortest">Least value allowed.</param>
/// <param name="Longest">Greatest value allowed.</param>
/// <param name="Shipped">What it ships with; null follows a field of the rule.</param>
/// <param name="Follows">The field of the rule that null follows, such as <c>queryPeriod</c>; null when the setting must be given.</param>
public sealed record DurationSetting(string Key, string Label, string Help, TimeSpan Shortest, TimeSpan Longest, TimeSpan? Shipped, string? Follows = null)
    : DetectorSetting(Key, Label, Help);
