using RulePortal.Detection.Detectors.Settings;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>The settings that all rules of rare connections share.</summary>
public record RareConnectionSettings
{
    private const string Minute = "PT1M";
    private const string Kept = "P75D";

    /// <summary>Length of the window under evaluation.</summary>
    /// <value>1 minute to 14 days; null (shipped) follows QueryFrequency.</value>
    [Duration("Current window", "The span under evaluation; the baseline ends where it starts.", Minute, "P14D", Follows = "queryFrequency")]
    public TimeSpan? CurrentWindow { get; init; }

    /// <summary>How far back a country's rows are counted.</summary>
    /// <value>Longer than the window, at most 75 days; null (shipped) follows QueryPeriod.</value>
    [Duration("Country lookback", "How far back a country's rows are counted.", Minute, Kept, Follows = "queryPeriod", LongerThan = nameof(CurrentWindow))]
    public TimeSpan? CountryLookback { get; init; }

    /// <summary>More rows than this in the lookback make a country common.</summary>
    /// <value>0 to 1,000,000,000 rows, shipped 5.</value>
    [Count("Country threshold", "A country with more rows than this in its lookback is common.", "rows", Passes = Passes.AtMost, Within = nameof(CountryLookback))]
    public long CountryThreshold { get; init; } = 5;

    /// <summary>How far back a tuple's rows are counted.</summary>
    /// <value>Longer than the window, at most 75 days, shipped 7 days.</value>
    [Duration("Tuple lookback", "How far back the rows of a tuple, such as process, source and destination, are counted.", Minute, Kept, LongerThan = nameof(CurrentWindow))]
    public TimeSpan TupleLookback { get; init; } = TimeSpan.FromDays(7);

    /// <summary>More rows than this in the lookback make a tuple known.</summary>
    /// <value>0 to 1,000,000,000 rows, shipped 7.</value>
    [Count("Tuple threshold", "A tuple with more rows than this in its lookback is known.", "rows", Passes = Passes.AtMost, Within = nameof(TupleLookback))]
    public long TupleThreshold { get; init; } = 7;

    internal TimeSpan Window => CurrentWindow!.Value;

    internal TimeSpan LookbackOfCountry => CountryLookback!.Value;
}

/// <summary>The settings of the first rule.</summary>
public sealed record RareOutboundConnectionSettings : RareConnectionSettings
{
    /// <summary>Which rows.</summary>
    /// <value><c>outbound</c> (shipped) or <c>inbound</c>.</value>
    [Choice("Direction", "Which connections are looked at.", "outbound", "inbound")]
    public string Direction { get; init; } = "outbound";
}
