namespace RulePortal.Detection.Detectors;

/// <summary>What to evaluate: an instant and the rule's settings in force.</summary>
/// <param name="AsOfUtc">The window's end; KQL's <c>now()</c>. UTC.</param>
/// <param name="SettingsJson">The detector's settings as a JSON object; keys left out take the shipped value.</param>
/// <param name="Frequency">The rule's QueryFrequency.</param>
/// <param name="Period">The rule's QueryPeriod.</param>
public sealed record DetectionContext(DateTime AsOfUtc, string SettingsJson, TimeSpan Frequency, TimeSpan Period);
