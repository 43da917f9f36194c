using RulePortal.Data;
using RulePortal.Data.Rules;
using RulePortal.Detection.Rules;

namespace RulePortal.Web.Features.Rules;

/// <summary>Somebody saved a newer version while this person edited an older one. All three definitions are normalised.</summary>
/// <param name="Basis">What this person's edit is based on.</param>
/// <param name="Theirs">What is stored now.</param>
/// <param name="Mine">What this person wanted to save.</param>
/// <param name="Stored">The rule as it is stored now.</param>
public sealed record SaveConflict(RuleDefinition Basis, RuleDefinition Theirs, RuleDefinition Mine, RuleSnapshot Stored)
{
    /// <summary>What the newer version changed.</summary>
    public IReadOnlyList<FieldChange> TheirChanges { get; } = RuleVersionDiff.Between(Basis, Theirs);

    private readonly HashSet<string> mine = [.. RuleVersionDiff.Between(Basis, Mine).Select(change => change.Field)];

    /// <summary>Whether this person changed the field as well.</summary>
    public bool ChangedByBoth(string field) => mine.Contains(field);
}
