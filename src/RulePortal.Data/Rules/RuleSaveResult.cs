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

/// <summary>How saving a rule ended.</summary>
public enum RuleSaveOutcome
{
    /// <summary>A new version is in force.</summary>
    Saved = 0,

    /// <summary>The definition is the current version's; nothing was written.</summary>
    Unchanged = 1,

    /// <summary>The definition has faults; nothing was written.</summary>
    Invalid = 2,

    /// <summary>Somebody saved a newer version meanwhile; nothing was written.</summary>
    Conflict = 3,

    /// <summary>There is no such rule.</summary>
    NotFound = 4,

    /// <summary>The definition breaks pins and nobody said why it should be saved all the same; nothing was written.</summary>
    BreaksPins = 5,
}
