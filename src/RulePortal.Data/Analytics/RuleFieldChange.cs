namespace RulePortal.Data.Analytics;

/// <summary>One field that differs between two versions of a rule.</summary>
/// <param name="Field">The field as faults name it, such as <c>queryFrequency</c> or <c>settings.countryThreshold</c>.</param>
/// <param name="Before">Its value in the earlier version, as the API writes it, or null when it had none.</param>
/// <param name="After">Its value in the later version, or null when it has none.</param>
public sealed record RuleFieldChange(string Field, string? Before, string? After);
