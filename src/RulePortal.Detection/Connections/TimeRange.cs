namespace RulePortal.Detection.Connections;

/// <summary>A half-open span of time, <c>[StartUtc, EndUtc)</c>.</summary>
/// <param name="StartUtc">First instant inside. UTC.</param>
/// <param name="EndUtc">First instant after. UTC.</param>
public readonly record struct TimeRange(DateTime StartUtc, DateTime EndUtc)
{
    /// <summary>End minus start.</summary>
    public TimeSpan Length => EndUtc - StartUtc;

    /// <summary>The span that starts one length before an instant and ends another length before it.</summary>
    /// <param name="instantUtc">Where to look back from. UTC.</param>
    /// <param name="from">How far back the span starts; it never starts before <see cref="DateTime.MinValue"/>.</param>
    /// <param name="to">How far back the span ends; zero ends it at the instant.</param>
    public static TimeRange Back(DateTime instantUtc, TimeSpan from, TimeSpan to = default) => new(Earlier(instantUtc, from), Earlier(instantUtc, to));

    /// <summary>Whether the instant lies inside.</summary>
    public bool Contains(DateTime instantUtc) => instantUtc >= StartUtc && instantUtc < EndUtc;

    private static DateTime Earlier(DateTime instant, TimeSpan by) =>
        by.Ticks <= instant.Ticks ? instant - by : DateTime.SpecifyKind(DateTime.MinValue, instant.Kind);
}
