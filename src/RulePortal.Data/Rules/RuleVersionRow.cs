using RulePortal.Data.Pins;

namespace RulePortal.Data.Rules;

/// <summary>A version of a rule, with what it changed.</summary>
/// <param name="Number">From 1, without gaps.</param>
/// <param name="CreatedUtc">When it was saved. UTC.</param>
/// <param name="ActorName">Who saved it.</param>
/// <param name="Note">Why, in the author's words; may be empty.</param>
/// <param name="Changes">The fields that differ from the version before; empty for version 1.</param>
public sealed record RuleVersionRow(int Number, DateTime CreatedUtc, string ActorName, string Note, IReadOnlyList<FieldChange> Changes)
{
    /// <summary>Why it was saved although it broke pins; null when it broke none.</summary>
    public string? PinOverride { get; init; }

    /// <summary>The pins it broke when it was saved.</summary>
    public IReadOnlyList<BrokenPin> BrokenPins { get; init; } = [];
}
