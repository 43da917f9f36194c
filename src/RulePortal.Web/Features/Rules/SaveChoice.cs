namespace RulePortal.Web.Features.Rules;

/// <summary>What somebody said when saving a rule.</summary>
/// <param name="Note">Why; may be empty.</param>
/// <param name="OverridePins">Why it may be saved although it breaks pins; null when it breaks none.</param>
public sealed record SaveChoice(string Note, string? OverridePins);
