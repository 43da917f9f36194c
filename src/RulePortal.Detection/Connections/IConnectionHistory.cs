namespace RulePortal.Detection.Connections;

/// <summary>The past as a detector may ask it: small questions that an index answers, so that the cost does not grow with the history.</summary>
/// <remarks>
/// One instance is one consistent read: every answer is taken over the same rows, those with a batch sequence up to <see cref="MaxBatchSeq"/>.
/// All text is compared ordinally. Ranges are half-open and UTC. An answer too large for memory is a <see cref="TooManyRowsException"/>.
/// </remarks>
public interface IConnectionHistory : IRowPresence
{
    /// <summary>Highest batch sequence this read sees; 0 when nothing is stored.</summary>
    long MaxBatchSeq { get; }

    /// <summary>The non-empty countries that have a row of the direction inside the window, each with its rows in the lookback.</summary>
    /// <param name="direction"><c>outbound</c> or <c>inbound</c>.</param>
    /// <param name="window">The current window.</param>
    /// <param name="lookback">The country lookback, which ends where the window starts.</param>
    /// <param name="cap">Counting stops here: a returned count is min(rows, cap).</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>One entry a country, in no particular order.</returns>
    Task<IReadOnlyList<CountryRows>> CountriesAsync(string direction, TimeRange window, TimeRange lookback, long cap, CancellationToken cancellationToken);

    /// <summary>The rows of one direction and country inside a range.</summary>
    /// <returns>In no particular order; <see cref="VmConnection.Details"/> is not filled.</returns>
    Task<IReadOnlyList<VmConnection>> RowsAsync(string direction, string country, TimeRange range, CancellationToken cancellationToken);

    /// <summary>How often each of some tuples, all of one country, was seen in a range.</summary>
    /// <param name="direction"><c>outbound</c> or <c>inbound</c>.</param>
    /// <param name="tuples">Tuples of one and the same country.</param>
    /// <param name="range">The tuple lookback.</param>
    /// <param name="cap">Counting stops here: a returned count is min(rows, cap).</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>One entry for every tuple asked for, 0 included.</returns>
    Task<IReadOnlyDictionary<ConnectionTuple, long>> TupleRowsAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, TimeRange range, long cap, CancellationToken cancellationToken);

    /// <summary>When each of some tuples, all of one country, was first seen before an instant.</summary>
    /// <returns>One entry for every tuple that was seen, UTC.</returns>
    Task<IReadOnlyDictionary<ConnectionTuple, DateTime>> FirstSeenAsync(string direction, IReadOnlyCollection<ConnectionTuple> tuples, DateTime beforeUtc, CancellationToken cancellationToken);

    /// <summary>When the oldest row stored was generated, or null when nothing is stored.</summary>
    Task<DateTime?> OldestAsync(CancellationToken cancellationToken);
}
