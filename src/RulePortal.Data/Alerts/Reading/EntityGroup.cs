using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>An alert's entities of one type, as a list shows them.</summary>
/// <param name="Type">What they are.</param>
/// <param name="Values">The first <see cref="MaxValues"/> of them.</param>
/// <param name="Count">How many there are.</param>
public sealed record EntityGroup(EntityType Type, IReadOnlyList<string> Values, int Count)
{
    /// <summary>Most values of one type that a list carries for an alert.</summary>
    public const int MaxValues = 5;
}
