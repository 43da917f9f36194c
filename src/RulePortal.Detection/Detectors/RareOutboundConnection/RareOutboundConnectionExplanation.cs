using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;
using static RulePortal.Detection.Detectors.TelemetryText;
using static RulePortal.Detection.Detectors.Words;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>Says why the rows of one rare country are results, in numbers.</summary>
internal sealed class RareOutboundConnectionExplanation(RareOutboundConnectionSettings settings, RareOutboundConnectionSpan span, RareCountry rare)
{
    private const string Unit = "rows (connection-minutes)";

    private readonly SeenTuple kept = rare.Kept ?? throw new ArgumentException("Every tuple of the country is known: there is nothing to explain.", nameof(rare));
    private readonly string countryBaseline = Baseline(span.CountryLookback, span.Window);
    private readonly string tupleBaseline = Baseline(span.TupleLookback, span.Window);

    public Explanation Row(ConnectionGroup group)
    {
        var own = rare.Tuples[group.Key.Tuple];
        return new Explanation(Summary(group), Branch(own), Measures(own), own.FirstSeenUtc, rare.OldestStoredUtc);
    }

    private static string Baseline(TimeRange lookback, TimeRange window) => $"{DurationText.ForPeople(window.EndUtc - lookback.StartUtc)} baseline";

    private static string Name(ConnectionTuple tuple) => $"{Shown(tuple.ProcessName)} from {Shown(tuple.SourceIp)} to {Shown(tuple.DestinationIp)}";

    private string Summary(ConnectionGroup group)
    {
        var key = group.Key;
        var port = key.DestinationPort is { } number ? $"port {number}" : "no port";
        var sentence = $"{Shown(key.ProcessName)} on {Shown(key.Computer)} ({Shown(key.SourceIp)} to {Shown(key.DestinationIp)}, {port}) had {Count(group.Rows, $"{settings.Direction} row")} "
            + $"with {Shown(key.RemoteCountry)} in the {DurationText.ForPeople(span.Window.Length)} before {Instant(span.Window.EndUtc)}; "
            + $"the country had {Count(rare.Country.Rows, "row")} in the {countryBaseline}.";
        return group.SumBytesSent.IsAtLimit || group.SumBytesReceived.IsAtLimit
            ? $"{sentence} A sum of bytes went past 64 bits and is shown at their limit."
            : sentence;
    }

    private string Branch(SeenTuple own)
    {
        var country = $"{Shown(rare.Country.Country)} is rare: {Count(rare.Country.Rows, "row")} in the {countryBaseline}, and it takes more than {Number(settings.CountryThreshold)} to be common.";
        var tuple = $"{Name(kept.Tuple)} is new: {Count(kept.BaselineRows, "row")} in the {tupleBaseline}, and it takes more than {Number(settings.TupleThreshold)} to be known.";
        var row = own == kept ? "This row is of that tuple."
            : own.BaselineRows <= settings.TupleThreshold ? $"This row's own tuple is new as well ({Count(own.BaselineRows, "row")})."
            : $"This row's own tuple is known (at least {Count(own.BaselineRows, "row")}); the row is listed because the rule joins on the country alone.";
        return $"{country} {tuple} {row}";
    }

    private IReadOnlyList<Measure> Measures(SeenTuple own)
    {
        var known = $"more than {Number(settings.TupleThreshold)} rows make the tuple known";
        return
        [
            new("countryRows", $"Rows of the country in the {countryBaseline}", rare.Country.Rows, IsAtLeast: false, settings.CountryThreshold, $"more than {Number(settings.CountryThreshold)} rows make the country common", Unit),
            new("tupleRows", $"Rows of this row's tuple in the {tupleBaseline}", own.BaselineRows, own.BaselineRows > settings.TupleThreshold, settings.TupleThreshold, known, Unit),
            new("leftTupleRows", $"Rows of the new tuple that stands for the country in the {tupleBaseline}", kept.BaselineRows, IsAtLeast: false, settings.TupleThreshold, known, Unit),
            new("windowRows", "Rows of the country in this window", rare.WindowRows, IsAtLeast: false, settings.CountryThreshold, $"more than {Number(settings.CountryThreshold)} rows make the country common once this window is history", Unit),
        ];
    }
}
