namespace RulePortal.Detection.Connections;

/// <summary>Small questions about the countries that connections go to and come from. An index answers each, so that the cost does not grow with the history.</summary>
/// <remarks>
/// Each question reads no more entries of the index (direction, country, time) than it names, so a country that is common costs next to nothing.
/// What counts rows of a lookback leaves out those that the rule excludes from its baseline. Part of one consistent read, as <see cref="IConnections"/> is.
/// </remarks>
public interface ICountryIndex
{
    /// <summary>The directions that any row has, as they are spelled.</summary>
    /// <returns>In ordinal order.</returns>
    Task<IReadOnlyList<string>> DirectionsAsync(CancellationToken cancellationToken);

    /// <summary>The non-empty countries that have a row of the direction inside the window, each with its rows in the lookback.</summary>
    /// <param name="direction">Such as <c>outbound</c>.</param>
    /// <param name="window">The current window.</param>
    /// <param name="lookback">The country lookback, which ends where the window starts.</param>
    /// <param name="cap">Counting stops here: a returned count is min(rows, cap).</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>One entry a country, in no particular order.</returns>
    Task<IReadOnlyList<CountryRows>> SeenInAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken);

    /// <summary>The rows of one direction and country inside a range, whether or not they count when a rule looks back.</summary>
    /// <param name="direction">Such as <c>outbound</c>.</param>
    /// <param name="country">Never empty.</param>
    /// <param name="range">Where to look.</param>
    /// <param name="withDetails">Whether <see cref="VmConnection.Details"/> is filled.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>In order of time.</returns>
    Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, bool withDetails, CancellationToken cancellationToken);

    /// <summary>The rows of one direction and country that count when a rule looks back on a range.</summary>
    /// <returns>In order of time; <see cref="VmConnection.Details"/> is not filled.</returns>
    Task<IReadOnlyList<VmConnection>> BaselineAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken);

    /// <summary>How often each of some tuples, all of one country, was seen in a lookback.</summary>
    /// <param name="direction">Such as <c>outbound</c>.</param>
    /// <param name="tuples">Tuples of one and the same country.</param>
    /// <param name="range">The tuple lookback.</param>
    /// <param name="cap">Counting stops here: a returned count is min(rows, cap).</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>One entry for every tuple asked for, 0 included.</returns>
    Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken);

    /// <summary>When each of some tuples, all of one country, was first seen before an instant.</summary>
    /// <returns>One entry for every tuple that was seen, UTC.</returns>
    Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(
        string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken);

    /// <summary>The non-empty countries that have any row of the direction, whenever.</summary>
    /// <returns>In ordinal order.</returns>
    Task<IReadOnlyList<string>> AllAsync(string direction, CancellationToken cancellationToken);

    /// <summary>How many rows of a country count in a range.</summary>
    /// <param name="direction">Such as <c>outbound</c>.</param>
    /// <param name="country">Never empty.</param>
    /// <param name="range">Where to count.</param>
    /// <param name="cap">Counting stops here, after as many entries.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<long> CountAsync(string direction, string country, TimeRange range, long cap, CancellationToken cancellationToken);

    /// <summary>When a country's nth latest row that counts in a range was generated.</summary>
    /// <param name="direction">Such as <c>outbound</c>.</param>
    /// <param name="country">Never empty.</param>
    /// <param name="range">Where to look.</param>
    /// <param name="n">From 1, the latest; as many entries are read.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>UTC, or null when the range has fewer rows.</returns>
    Task<DateTime?> NthLatestAsync(string direction, string country, TimeRange range, int n, CancellationToken cancellationToken);

    /// <summary>The first rows of a country in a range, oldest first; those that do not count when a rule looks back are marked.</summary>
    /// <param name="direction">Such as <c>outbound</c>.</param>
    /// <param name="country">Never empty.</param>
    /// <param name="range">Where to look.</param>
    /// <param name="most">Most rows given; fewer mean that the range has no more.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<IReadOnlyList<ScannedRow>> ScanAsync(string direction, string country, TimeRange range, int most, CancellationToken cancellationToken);
}

/// <summary>How often a country of the window was seen in the lookback.</summary>
/// <param name="Country">Country name, never empty.</param>
/// <param name="Rows">Rows in the lookback, counted no further than the cap that was asked for.</param>
public sealed record CountryRows(string Country, long Rows);

/// <summary>The four values by which the first rule knows a connection.</summary>
/// <param name="ProcessName">Executable name.</param>
/// <param name="SourceIp">Canonical text of the source address.</param>
/// <param name="DestinationIp">Canonical text of the destination address.</param>
/// <param name="RemoteCountry">Country name of the remote side.</param>
public sealed record ConnectionTuple(string ProcessName, string SourceIp, string DestinationIp, string RemoteCountry)
{
    /// <summary>The tuple a row belongs to.</summary>
    public static ConnectionTuple Of(VmConnection row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return new ConnectionTuple(row.ProcessName, row.SourceIp, row.DestinationIp, row.RemoteCountry);
    }
}

/// <summary>A row as a walk through a country sees it.</summary>
/// <param name="TimeGenerated">UTC.</param>
/// <param name="Tuple">The same number for the same process, source and destination; of meaning within one country of one scan only.</param>
/// <param name="IsExcluded">Whether it is a row of its own window only, and not counted when others look back on it.</param>
public readonly record struct ScannedRow(DateTime TimeGenerated, int Tuple, bool IsExcluded = false);
