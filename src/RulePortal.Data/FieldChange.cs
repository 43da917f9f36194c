namespace RulePortal.Data;

/// <summary>One field that differs between two states of something.</summary>
/// <param name="Field">The field as faults and the API name it, such as <c>queryFrequency</c> or <c>settings.countryThreshold</c>.</param>
/// <param name="Before">Its value in the earlier state, as the API writes it, or null when it had none.</param>
/// <param name="After">Its value in the later state, or null when it has none.</param>
public sealed record FieldChange(string Field, string? Before, string? After);
