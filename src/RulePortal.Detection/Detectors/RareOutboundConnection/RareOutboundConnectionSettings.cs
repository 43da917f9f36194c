using System.Text;
using System.Text.Json;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>The knobs of the first rule.</summary>
public sealed record RareOutboundConnectionSettings
{
    private static readonly TimeSpan LongestLookback = TimeSpan.FromDays(75);

    internal static readonly ChoiceSetting DirectionSetting = new(
        "direction", "Direction", "Which connections are looked at.", ["outbound", "inbound"], "outbound");

    internal static readonly DurationSetting CurrentWindowSetting = new(
        "currentWindow", "Current window", "The span under evaluation; the baseline ends where it starts.",
        TimeSpan.FromMinutes(1), TimeSpan.FromDays(14), Shipped: null, Follows: "queryFrequency");

    internal static readonly DurationSetting CountryLookbackSetting = new(
        "countryLookback", "Country lookback", "How far back a country's rows are counted.",
        TimeSpan.FromMinutes(1), LongestLookback, Shipped: null, Follows: "queryPeriod");

    internal static readonly CountSetting CountryThresholdSetting = new(
        "countryThreshold", "Country threshold", "A country with more rows than this in its lookback is common.",
        "rows", 0, 1_000_000_000, Shipped: 5, SliderEnd: 100);

    internal static readonly DurationSetting TupleLookbackSetting = new(
        "tupleLookback", "Tuple lookback", "How far back the rows of a process, source, destination and country are counted.",
        TimeSpan.FromMinutes(1), LongestLookback, Shipped: TimeSpan.FromDays(7));

    internal static readonly CountSetting TupleThresholdSetting = new(
        "tupleThreshold", "Tuple threshold", "A tuple with more rows than this in its lookback is known.",
        "rows", 0, 1_000_000_000, Shipped: 7, SliderEnd: 100);

    /// <summary>Every knob, in the order of a form.</summary>
    public static IReadOnlyList<DetectorSetting> All { get; } =
        [DirectionSetting, CurrentWindowSetting, CountryLookbackSetting, CountryThresholdSetting, TupleLookbackSetting, TupleThresholdSetting];

    /// <summary>Which rows.</summary>
    /// <value><c>outbound</c> (shipped) or <c>inbound</c>.</value>
    public string Direction { get; init; } = DirectionSetting.Shipped;

    /// <summary>Length of the window under evaluation.</summary>
    /// <value>1 minute to 14 days; null (shipped) follows QueryFrequency.</value>
    public TimeSpan? CurrentWindow { get; init; }

    /// <summary>How far back a country's rows are counted.</summary>
    /// <value>Longer than the window, at most 75 days; null (shipped) follows QueryPeriod.</value>
    public TimeSpan? CountryLookback { get; init; }

    /// <summary>More rows than this in the lookback make a country common.</summary>
    /// <value>0 to 1,000,000,000 rows, shipped 5.</value>
    public long CountryThreshold { get; init; } = CountryThresholdSetting.Shipped;

    /// <summary>How far back a tuple's rows are counted.</summary>
    /// <value>Longer than the window, at most 75 days, shipped 7 days.</value>
    public TimeSpan TupleLookback { get; init; } = TupleLookbackSetting.Shipped!.Value;

    /// <summary>More rows than this in the lookback make a tuple known.</summary>
    /// <value>0 to 1,000,000,000 rows, shipped 7.</value>
    public long TupleThreshold { get; init; } = TupleThresholdSetting.Shipped;

    /// <summary>Reads settings strictly.</summary>
    /// <param name="json">A JSON object; keys left out take the shipped value.</param>
    /// <param name="frequency">The rule's QueryFrequency, which a null window follows.</param>
    /// <param name="period">The rule's QueryPeriod, which a null country lookback follows.</param>
    /// <param name="settings">The settings; of use only when true is returned.</param>
    /// <param name="errors">Every fault, each under its field; empty when true is returned.</param>
    public static bool TryParse(string json, TimeSpan frequency, TimeSpan period, out RareOutboundConnectionSettings settings, out IReadOnlyList<RuleError> errors)
    {
        var reader = new SettingsReader(json, All);
        settings = new RareOutboundConnectionSettings
        {
            Direction = reader.Read(DirectionSetting),
            CurrentWindow = reader.Read(CurrentWindowSetting),
            CountryLookback = reader.Read(CountryLookbackSetting),
            CountryThreshold = reader.Read(CountryThresholdSetting),
            TupleLookback = reader.Read(TupleLookbackSetting) ?? LongestLookback,
            TupleThreshold = reader.Read(TupleThresholdSetting),
        };
        if (!reader.HasFault(CurrentWindowSetting))
        {
            var window = settings.WindowAt(frequency);
            RequireLonger(reader, CountryLookbackSetting, settings.CountryLookbackAt(period), window, settings.CountryLookback is null ? "follows QueryPeriod and " : "");
            RequireLonger(reader, TupleLookbackSetting, settings.TupleLookback, window);
        }

        errors = reader.Errors;
        return errors.Count == 0;
    }

    /// <summary>The window's length under a schedule.</summary>
    public TimeSpan WindowAt(TimeSpan frequency) => CurrentWindow ?? frequency;

    /// <summary>The country lookback under a schedule.</summary>
    public TimeSpan CountryLookbackAt(TimeSpan period) => CountryLookback ?? period;

    /// <summary>The spans read under a schedule.</summary>
    public DetectorReach ReachAt(TimeSpan frequency, TimeSpan period)
    {
        var country = CountryLookbackAt(period);
        return new DetectorReach(WindowAt(frequency), country > TupleLookback ? country : TupleLookback);
    }

    /// <summary>The settings as a JSON object with every key, durations normalised.</summary>
    public string ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(DirectionSetting.Key, Direction);
            writer.WriteString(CurrentWindowSetting.Key, Iso(CurrentWindow));
            writer.WriteString(CountryLookbackSetting.Key, Iso(CountryLookback));
            writer.WriteNumber(CountryThresholdSetting.Key, CountryThreshold);
            writer.WriteString(TupleLookbackSetting.Key, Iso(TupleLookback));
            writer.WriteNumber(TupleThresholdSetting.Key, TupleThreshold);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static string? Iso(TimeSpan? duration) => duration is { } length ? DurationText.ToIso(length) : null;

    private static void RequireLonger(SettingsReader reader, DurationSetting setting, TimeSpan lookback, TimeSpan window, string origin = "")
    {
        if (lookback <= window && !reader.HasFault(setting))
        {
            reader.Fault(setting, "not-longer-than-window", $"{origin}must be longer than the current window ({DurationText.ForPeople(window)}); it is {DurationText.ForPeople(lookback)}.");
        }
    }
}
