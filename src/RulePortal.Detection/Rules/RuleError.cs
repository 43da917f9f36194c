namespace RulePortal.Detection.Rules;

/// <summary>One fault of a rule.</summary>
/// <param name="Code">Stable code, such as <c>frequency.too-short</c>.</param>
/// <param name="Field">The field at fault, such as <c>queryFrequency</c> or <c>settings.countryLookback</c>.</param>
/// <param name="Message">What is wrong and what would be right, as a sentence.</param>
public sealed record RuleError(string Code, string Field, string Message);
