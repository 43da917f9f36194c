namespace RulePortal.Detection.Connections;

/// <summary>Rows with the same nine values, summarized as the rules do.</summary>
/// <param name="Key">What the rows have in common.</param>
/// <param name="Rows">How many rows.</param>
/// <param name="MinTimeGenerated">The earliest.</param>
/// <param name="MaxTimeGenerated">The latest.</param>
/// <param name="SumBytesSent">Bytes sent; missing numbers are skipped.</param>
/// <param name="SumBytesReceived">Bytes received; missing numbers are skipped.</param>
public sealed record ConnectionGroup(
    ConnectionGroupKey Key,
    long Rows,
    DateTime MinTimeGenerated,
    DateTime MaxTimeGenerated,
    SaturatingSum SumBytesSent,
    SaturatingSum SumBytesReceived)
{
    /// <summary>Summarizes rows by their nine values.</summary>
    /// <returns>The groups in <see cref="ConnectionGroupKey.Order"/>.</returns>
    public static IReadOnlyList<ConnectionGroup> Summarize(IEnumerable<VmConnection> rows) =>
    [
        .. rows.GroupBy(ConnectionGroupKey.Of)
            .Select(group => new ConnectionGroup(
                group.Key,
                group.LongCount(),
                group.Min(row => row.TimeGenerated),
                group.Max(row => row.TimeGenerated),
                SaturatingSum.Of(group.Select(row => row.BytesSent)),
                SaturatingSum.Of(group.Select(row => row.BytesReceived))))
            .OrderBy(group => group.Key, ConnectionGroupKey.Order),
    ];
}
