namespace RulePortal.Data.Connections;

/// <summary>How often machines report unless one has an interval of its own.</summary>
/// <param name="Default">Longest time between two rows that is ordinary; longer than zero.</param>
public sealed record SourceExpectation(TimeSpan Default)
{
    /// <summary>The interval of a machine, or null when it is not expected to report.</summary>
    internal TimeSpan? Of(int? expectedSeconds) => expectedSeconds switch
    {
        null => Default,
        0 => null,
        { } seconds => TimeSpan.FromSeconds(seconds),
    };
}
