namespace RulePortal.Detection.Connections;

/// <summary>A half-open span of time, <c>[StartUtc, EndUtc)</c>.</summary>
/// <param name="StartUtc">First instant inside. UTC.</param>
/// <param name="EndUtc">First instant after. UTC.</param>
public readonly record struct TimeRange(DateTime StartUtc, DateTime EndUtc)
{
    /// <summary>End minus start.</summary>
    public TimeSpan Length => EndUtc - StartUtc;

    /// <summary>Whether the instant lies inside.</summary>
    public bool Contains(DateTime instantUtc) => instantUtc >= StartUtc && instantUtc < EndUtc;
}
