namespace RulePortal.Detection.Connections;

/// <summary>A history that can also be walked through: what the evaluation of many windows at once asks. Every answer is taken over the same rows.</summary>
/// <remarks>Each question reads no more entries of the index (direction, country, time) than it names, so that a country that is common costs next to nothing.</remarks>
public interface IConnectionScan : IConnectionHistory
{
    /// <summary>The non-empty countries that have any row of the direction, whenever.</summary>
    /// <returns>In ordinal order.</returns>
    Task<IReadOnlyList<string>> SeenCountriesAsync(string direction, CancellationToken cancellationToken);

    /// <summary>How many rows of a country count in a range.</summary>
    /// <param name="direction"><c>outbound</c> or <c>inbound</c>.</param>
    /// <param name="country">Never empty.</param>
    /// <param name="range">Where to count.</param>
    /// <param name="cap">Counting stops here, after as many entries.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<long> CountAsync(string direction, string country, TimeRange range, long cap, CancellationToken cancellationToken);

    /// <summary>When a country's nth latest row in a range was generated.</summary>
    /// <param name="direction"><c>outbound</c> or <c>inbound</c>.</param>
    /// <param name="country">Never empty.</param>
    /// <param name="range">Where to look.</param>
    /// <param name="n">From 1, the latest; as many entries are read.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    /// <returns>UTC, or null when the range has fewer rows.</returns>
    Task<DateTime?> NthLatestAsync(string direction, string country, TimeRange range, int n, CancellationToken cancellationToken);

    /// <summary>The first rows of a country in a range, oldest first.</summary>
    /// <param name="direction"><c>outbound</c> or <c>inbound</c>.</param>
    /// <param name="country">Never empty.</param>
    /// <param name="range">Where to look.</param>
    /// <param name="most">Most rows given; fewer mean that the range has no more.</param>
    /// <param name="cancellationToken">Stops the read.</param>
    Task<IReadOnlyList<ScannedRow>> ScanAsync(string direction, string country, TimeRange range, int most, CancellationToken cancellationToken);

    /// <summary>The latest row of a range, of whatever direction and country, or null when there is none.</summary>
    Task<SeenRow?> LatestAsync(TimeRange range, CancellationToken cancellationToken);
}
