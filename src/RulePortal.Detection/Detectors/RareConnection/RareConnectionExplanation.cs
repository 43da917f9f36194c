using RulePortal.Detection.Connections;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.TelemetryText;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>Says why the rows of one rare country are results, in numbers.</summary>
internal sealed class RareConnectionExplanation(RareConnectionForm form, RareConnectionSettings settings, RareConnectionSpan span, RareCountry rare)
{
    private const string Unit = "rows (connection-minutes)";

    private readonly string countryBaseline = Baseline(span.CountryLookback, span.Window);
    private readonly string tupleBaseline = Baseline(span.TupleLookback, span.Window);

    /// <param name="group">The result row.</param>
    /// <param name="kept">The left row that stands for its join key.</param>
    public Explanation Row(ConnectionGroup group, SeenTuple kept)
    {
        var own = rare.Tuples.GetValueOrDefault(form.IsByBlock ? group.Key.Tuple with { ProcessName = "" } : group.Key.Tuple);
        return new Explanation(Summary(group), Branch(own, kept), Measures(own, kept), own is null || form.IsByBlock ? [] : [Sightings(own)]);
    }

    private EvidenceFacts Sightings(SeenTuple own) => new("Before the window",
    [
        own.FirstSeenUtc is { } first ? new("This tuple was first seen", null, first) : new("This tuple was first seen", "Never before"),
        rare.OldestStoredUtc is { } oldest ? new(EvidenceFacts.Oldest, null, oldest) : new(EvidenceFacts.Oldest, "No record"),
    ]);

    private static string Baseline(TimeRange lookback, TimeRange window) => $"{DurationText.ForPeople(window.EndUtc - lookback.StartUtc)} baseline";

    private string Name(ConnectionTuple left)
    {
        var tuple = form.TupleOf(left);
        return $"{(form.IsByBlock ? "The block" : Shown(tuple.ProcessName))} from {Shown(tuple.SourceIp)} to {Shown(tuple.DestinationIp)}";
    }

    private string Summary(ConnectionGroup group)
    {
        var key = group.Key;
        var port = key.DestinationPort is { } number ? $"port {number}" : "no port";
        var sentence = $"{Shown(key.ProcessName)} on {Shown(key.Computer)} ({Shown(key.SourceIp)} to {Shown(key.DestinationIp)}, {port}) had {Count(group.Rows, $"{group.Key.Direction} row")} "
            + $"with {Shown(key.RemoteCountry)} in the {DurationText.ForPeople(span.Window.Length)} before {Instant(span.Window.EndUtc)}; "
            + $"the country had {Count(rare.Country.Rows, "row")} in the {countryBaseline}.";
        return group.SumBytesSent.IsAtLimit || group.SumBytesReceived.IsAtLimit
            ? $"{sentence} A sum of bytes went past 64 bits and is shown at their limit."
            : sentence;
    }

    private string Branch(SeenTuple? own, SeenTuple kept)
    {
        var country = $"{Shown(rare.Country.Country)} is rare: {Count(rare.Country.Rows, "row")} in the {countryBaseline}, and it takes more than {Number(settings.CountryThreshold)} to be common.";
        var tuple = $"{Name(kept.Left)} is new: {Count(kept.BaselineRows, "row")} in the {tupleBaseline}, and it takes more than {Number(settings.TupleThreshold)} to be known.";
        var join = form.JoinsOnAddresses ? "country and addresses" : "the country alone";
        var row = own == kept ? "This row is of that tuple."
            : own is null ? $"The row is listed because the rule joins on {join}."
            : own.BaselineRows <= settings.TupleThreshold ? $"This row's own tuple is new as well ({Count(own.BaselineRows, "row")})."
            : $"This row's own tuple is known (at least {Count(own.BaselineRows, "row")}); the row is listed because the rule joins on {join}.";
        return $"{country} {tuple} {row}";
    }

    private IReadOnlyList<Measure> Measures(SeenTuple? own, SeenTuple kept)
    {
        var known = $"more than {Number(settings.TupleThreshold)} rows make the tuple known";
        return
        [
            new("countryRows", $"Rows of the country in the {countryBaseline}", rare.Country.Rows, IsAtLeast: false, settings.CountryThreshold, $"more than {Number(settings.CountryThreshold)} rows make the country common", Unit),
            .. own is null
                ? Array.Empty<Measure>()
                : [new("tupleRows", $"Rows of this row's tuple in the {tupleBaseline}", own.BaselineRows, own.BaselineRows > settings.TupleThreshold, settings.TupleThreshold, known, Unit)],
            new("leftTupleRows", $"Rows of the new tuple that was compared in the {tupleBaseline}", kept.BaselineRows, IsAtLeast: false, settings.TupleThreshold, known, Unit),
            new("windowRows", "Rows of the country in this window", rare.WindowRows, IsAtLeast: false, settings.CountryThreshold, $"more than {Number(settings.CountryThreshold)} rows make the country common once this window is history", Unit),
        ];
    }
}
