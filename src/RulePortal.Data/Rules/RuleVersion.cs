using RulePortal.Data.Auditing;
using RulePortal.Data.Pins;

namespace RulePortal.Data.Rules;

/// <summary>What a rule said from one moment on. Append-only.</summary>
public sealed class RuleVersion
{
    /// <summary>The rule.</summary>
    public required Guid RuleId { get; init; }

    /// <summary>From 1, without gaps.</summary>
    public required int Number { get; init; }

    /// <summary>When it was saved. UTC.</summary>
    public required DateTime CreatedUtc { get; init; }

    /// <summary>Whose <see cref="Auditing.Actor.Id"/>.</summary>
    public required string ActorId { get; init; }

    /// <summary>Whose <see cref="Auditing.Actor.Name"/>.</summary>
    public required string ActorName { get; init; }

    /// <summary>Why, in the author's words.</summary>
    /// <value>At most 1,000 characters.</value>
    public string Note { get; init; } = "";

    /// <summary>Why it was saved although it broke pins, in the author's words; null when it broke none.</summary>
    /// <value>1 to 1,000 characters.</value>
    public string? PinOverride { get; init; }

    /// <summary>The pins it broke when it was saved, as JSON (<see cref="Pins.BrokenPinJson"/>); null when it broke none.</summary>
    public string? BrokenPins { get; init; }

    /// <summary>The whole definition; see <see cref="RuleDefinitionJson"/>.</summary>
    public required string Definition { get; init; }
}

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
