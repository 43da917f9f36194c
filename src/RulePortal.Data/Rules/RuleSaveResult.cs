using RulePortal.Data.Pins;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Rules;

/// <summary>What saving a rule came to.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Version">Number of the version in force afterwards; 0 when there is no such rule.</param>
/// <param name="Errors">Every fault, when it is invalid.</param>
/// <param name="ChangedBy">Who saved the newer version, when it is a conflict.</param>
public sealed record RuleSaveResult(RuleSaveOutcome Outcome, int Version, IReadOnlyList<RuleError> Errors, string? ChangedBy = null)
{
    /// <summary>How the rule's pins stand under the definition, as far as they were judged.</summary>
    public PinReport Pins { get; init; } = PinReport.Empty;
}
