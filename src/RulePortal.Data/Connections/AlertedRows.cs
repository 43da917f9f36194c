using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <summary>The rows that a rule keeps out of its baseline, as its alerts stand.</summary>
/// <param name="Exclusions">Countries and spans, without repeats, those of the latest windows first.</param>
/// <param name="IsCut">Whether there are more than are kept out.</param>
public sealed record AlertedRows(IReadOnlyList<BaselineExclusion> Exclusions, bool IsCut)
{
    /// <summary>Most countries and spans of one evaluation.</summary>
    public const int Most = 1_000;

    /// <summary>Nothing is kept out.</summary>
    public static AlertedRows None { get; } = new([], IsCut: false);
}
