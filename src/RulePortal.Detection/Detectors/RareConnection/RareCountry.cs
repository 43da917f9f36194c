using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>The spans of time that one evaluation reads.</summary>
internal sealed record RareConnectionSpan(TimeRange Window, TimeRange CountryLookback, TimeRange TupleLookback)
{
    public static RareConnectionSpan At(TimeRange window, RareConnectionSettings settings) => new(
        window,
        TimeRange.Back(window.EndUtc, settings.LookbackOfCountry, settings.Window),
        TimeRange.Back(window.EndUtc, settings.TupleLookback, settings.Window));
}

/// <summary>What one evaluation knows of a country that is rare.</summary>
internal sealed record RareCountry
{
    /// <summary>The country with its rows in the lookback.</summary>
    public required CountryRows Country { get; init; }

    /// <summary>The window's rows of the country, grouped as the result shows them.</summary>
    public required IReadOnlyList<RareGroup> Groups { get; init; }

    /// <summary>How many rows of the country the window has.</summary>
    public required int WindowRows { get; init; }

    /// <summary>The window's left rows of the country.</summary>
    public required IReadOnlyDictionary<ConnectionTuple, SeenTuple> Tuples { get; init; }

    /// <summary>For each join key that has a new tuple: the left row that stands for it in the result.</summary>
    public required IReadOnlyDictionary<(string Source, string Destination), SeenTuple> Kept { get; init; }

    /// <summary>How far back the history reaches; null when nothing is new.</summary>
    public DateTime? OldestStoredUtc { get; init; }

    public static async Task<RareCountry> ReadAsync(
        CountryRows country, RareConnectionSource source, RareConnectionSettings settings, RareConnectionSpan span, CancellationToken cancellationToken)
    {
        var form = source.Form;
        var rows = await source.RowsAsync(country.Country, span.Window, cancellationToken);
        var windowRows = form.Tuples(rows).CountBy(form.LeftOf).ToDictionary();
        var baseline = await source.TupleRowsAsync(country.Country, windowRows.Keys, span.TupleLookback, settings.TupleThreshold + 1, cancellationToken);
        var isNew = baseline.Where(tuple => tuple.Value <= settings.TupleThreshold).Select(tuple => tuple.Key).ToHashSet();
        var firstSeen = isNew.Count == 0
            ? new Dictionary<ConnectionTuple, DateTime>()
            : await source.FirstSeenAsync(windowRows.Keys, span.Window.StartUtc, cancellationToken);
        var tuples = windowRows.Keys.ToDictionary(
            left => left,
            left => new SeenTuple(left, windowRows[left], baseline[left], firstSeen.TryGetValue(left, out var first) ? first : null));
        return new RareCountry
        {
            Country = country,
            Groups = form.Groups(rows),
            WindowRows = rows.Count,
            Tuples = tuples,
            Kept = isNew.Select(left => tuples[left]).Order(SeenTuple.Preference)
                .DistinctBy(tuple => form.JoinKey(tuple.Left.SourceIp, tuple.Left.DestinationIp))
                .ToDictionary(tuple => form.JoinKey(tuple.Left.SourceIp, tuple.Left.DestinationIp)),
            OldestStoredUtc = isNew.Count == 0 ? null : await source.OldestAsync(cancellationToken),
        };
    }
}
