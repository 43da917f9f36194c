using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.RareOutboundConnection;

/// <summary>A tuple of the window.</summary>
/// <param name="Tuple">Its four keys.</param>
/// <param name="WindowRows">Rows in the window: the query's count_.</param>
/// <param name="BaselineRows">Rows in the tuple lookback, counted to one past the threshold.</param>
/// <param name="FirstSeenUtc">First row before the window, or null when there is none.</param>
internal sealed record SeenTuple(ConnectionTuple Tuple, long WindowRows, long BaselineRows, DateTime? FirstSeenUtc)
{
    /// <summary>Puts first the tuple that stands for its country: most rows, then ordinal. KQL's innerunique keeps an arbitrary one.</summary>
    public static IComparer<SeenTuple> Preference { get; } = Comparer<SeenTuple>.Create(Compare);

    private static int Compare(SeenTuple left, SeenTuple right)
    {
        ReadOnlySpan<int> steps =
        [
            right.WindowRows.CompareTo(left.WindowRows),
            string.CompareOrdinal(left.Tuple.ProcessName, right.Tuple.ProcessName),
            string.CompareOrdinal(left.Tuple.SourceIp, right.Tuple.SourceIp),
            string.CompareOrdinal(left.Tuple.DestinationIp, right.Tuple.DestinationIp),
        ];
        var first = steps.IndexOfAnyExcept(0);
        return first < 0 ? 0 : steps[first];
    }
}
