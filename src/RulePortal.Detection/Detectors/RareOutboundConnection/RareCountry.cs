using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>What one evaluation knows of a country that is rare.</summary>
internal sealed record RareCountry
{
    /// <summary>The country with its rows in the lookback.</summary>
    public required CountryRows Country { get; init; }

    /// <summary>The window's rows of the country, grouped as the result shows them.</summary>
    public required IReadOnlyList<ConnectionGroup> Groups { get; init; }

    /// <summary>The window's tuples of the country.</summary>
    public required IReadOnlyDictionary<ConnectionTuple, SeenTuple> Tuples { get; init; }

    /// <summary>The new tuple that stands for the country in the result, or null when every tuple is known.</summary>
    public required SeenTuple? Kept { get; init; }

    /// <summary>How far back the history reaches.</summary>
    public DateTime? OldestStoredUtc { get; init; }

    public long WindowRows => Groups.Sum(group => group.Rows);

    public static async Task<RareCountry> ReadAsync(CountryRows country, RareOutboundConnectionSettings settings, RareOutboundConnectionSpan span, IConnectionHistory history, CancellationToken cancellationToken)
    {
        var rows = await history.RowsAsync(settings.Direction, country.Country, span.Window, cancellationToken);
        var windowRows = rows.CountBy(ConnectionTuple.Of).ToDictionary();
        var baseline = await history.TupleRowsAsync(settings.Direction, windowRows.Keys, span.TupleLookback, settings.TupleThreshold + 1, cancellationToken);
        var isNew = baseline.Where(tuple => tuple.Value <= settings.TupleThreshold).Select(tuple => tuple.Key).ToHashSet();
        var firstSeen = isNew.Count == 0
            ? new Dictionary<ConnectionTuple, DateTime>()
            : await history.FirstSeenAsync(settings.Direction, windowRows.Keys, span.Window.StartUtc, cancellationToken);

        var tuples = windowRows.Keys.ToDictionary(
            tuple => tuple,
            tuple => new SeenTuple(tuple, windowRows[tuple], baseline[tuple], firstSeen.TryGetValue(tuple, out var first) ? first : null));
        return new RareCountry
        {
            Country = country,
            Groups = ConnectionGroup.Summarize(rows),
            Tuples = tuples,
            Kept = isNew.Select(tuple => tuples[tuple]).Order(SeenTuple.Preference).FirstOrDefault(),
            OldestStoredUtc = isNew.Count == 0 ? null : await history.OldestAsync(cancellationToken),
        };
    }
}
