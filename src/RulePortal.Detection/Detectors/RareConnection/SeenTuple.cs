using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>A left row of the query.</summary>
/// <param name="Left">Its keys.</param>
/// <param name="WindowRows">Rows in the window: the query's count_.</param>
/// <param name="BaselineRows">Rows of its tuple in the tuple lookback, counted to one past the threshold.</param>
/// <param name="FirstSeenUtc">First row before the window; null when there is none, or when it is not known.</param>
internal sealed record SeenTuple(ConnectionTuple Left, long WindowRows, long BaselineRows, DateTime? FirstSeenUtc)
{
    /// <summary>Puts first the row that stands for its join key: most rows, then ordinal. KQL's innerunique keeps an arbitrary one.</summary>
    public static IComparer<SeenTuple> Preference { get; } = Comparer<SeenTuple>.Create(Compare);

    private static int Compare(SeenTuple left, SeenTuple right)
    {
        ReadOnlySpan<int> steps =
        [
            right.WindowRows.CompareTo(left.WindowRows),
            string.CompareOrdinal(left.Left.ProcessName, right.Left.ProcessName),
            string.CompareOrdinal(left.Left.SourceIp, right.Left.SourceIp),
            string.CompareOrdinal(left.Left.DestinationIp, right.Left.DestinationIp),
        ];
        var first = steps.IndexOfAnyExcept(0);
        return first < 0 ? 0 : steps[first];
    }
}
