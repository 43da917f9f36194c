namespace RulePortal.Detection.Connections;

/// <summary>The stored connections as a detector may ask them.</summary>
/// <remarks>
/// One instance is one consistent read: every answer is taken over the same rows, those with a batch sequence up to <see cref="MaxBatchSeq"/>.
/// All text is compared ordinally. Ranges are half-open and UTC. An answer too large for memory is a <see cref="TooManyRowsException"/>.
/// </remarks>
public interface IConnections : IRowPresence
{
    /// <summary>Highest batch sequence this read sees; 0 when nothing is stored.</summary>
    long MaxBatchSeq { get; }

    /// <summary>Questions that the index of countries answers without reading the history.</summary>
    ICountryIndex Countries { get; }

    /// <summary>When the oldest row stored was generated, or null when nothing is stored. UTC.</summary>
    Task<DateTime?> OldestAsync(CancellationToken cancellationToken);

    /// <summary>The latest row of a range, of whatever direction and country, or null when there is none.</summary>
    Task<SeenRow?> LatestAsync(TimeRange range, CancellationToken cancellationToken);

    /// <summary>The rows of a window.</summary>
    /// <returns>In order of time; <see cref="VmConnection.Details"/> is not filled.</returns>
    /// <exception cref="TooManyRowsException">There are more than 1,000,000.</exception>
    Task<IReadOnlyList<VmConnection>> RowsAsync(TimeRange window, CancellationToken cancellationToken);

    /// <summary>The rows of a range that count when a detector looks back on it: without those that the rule excludes from its baseline.</summary>
    /// <returns>In order of time; <see cref="VmConnection.Details"/> is not filled.</returns>
    /// <exception cref="TooManyRowsException">There are more than 1,000,000.</exception>
    Task<IReadOnlyList<VmConnection>> BaselineAsync(TimeRange range, CancellationToken cancellationToken);
}

/// <summary>Knows where rows are and where there are none.</summary>
public interface IRowPresence
{
    /// <summary>Whether the range has any row at all, of whatever direction and country.</summary>
    Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken);
}

/// <summary>When and where a row was seen.</summary>
/// <param name="TimeGenerated">UTC.</param>
/// <param name="Direction">Its direction.</param>
/// <param name="Country">Its country, perhaps empty.</param>
public readonly record struct SeenRow(DateTime TimeGenerated, string Direction, string Country);

/// <summary>An answer has more rows than it may hold; the message is a sentence for people.</summary>
public sealed class TooManyRowsException(string message) : Exception(message);
