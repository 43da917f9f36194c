using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

/// <summary>The first rule's inbound twin, and both as revised, against the rows that an independent engine gave for their texts.</summary>
public sealed class SiblingVectorTests
{
    // What the engine's file leaves out, and what innerunique may choose among the new left rows of one join key.
    private static readonly string[] LeftOut = ["IndicatorThreatType", "Confidence", "ReportReferenceLink"];
    private static readonly string[] Chosen = ["ProcessName", "countToday"];

    [Theory]
    [InlineData(RareConnectionDetectors.Inbound, "inbound-2019-04-15", 1, 30, 0)]
    [InlineData(RareConnectionDetectors.InboundByAddress, "inbound-2019-08-24", 24, 14, 5)]
    [InlineData(RareConnectionDetectors.OutboundByAddress, "outbound-2019-08-24", 24, 14, 77)]
    public async Task DetectAsync_OverVector_GivesTheEnginesRows(string kind, string file, int hours, int days, int count)
    {
        var vector = TestVector.Load("random_20k");
        var rule = Bound.Catalog.Bind(Bound.Shipped with
        {
            Detector = kind,
            SettingsJson = "{}",
            QueryFrequency = TimeSpan.FromHours(hours),
            QueryPeriod = TimeSpan.FromDays(days),
        });
        var rows = vector.ReadConnections();
        var naive = NaiveSettings.Of(new RareConnectionSettings(), rule.Definition.QueryFrequency, rule.Definition.QueryPeriod);

        var findings = await rule.DetectAsync(vector.NowUtc, new InMemoryConnections(rows), default);

        var expected = vector.ReadExpected($"expected.{file}.ndjson");
        var actual = findings.Select(finding => ResultRow.TextsOf(finding).Where(column => !LeftOut.Contains(column.Key)).ToList())
            .ToList();
        Assert.Equal(count, expected.Count);
        Assert.Equal(
            naive.Evaluate(kind, rows, vector.NowUtc),
            findings.Select(finding => finding.Columns.Select(column => column.Value).ToArray()));
        if (kind == RareConnectionDetectors.OutboundByAddress)
        {
            var lefts = naive.NewOutbound(rows, vector.NowUtc);
            Assert.All(findings, finding => Assert.Contains(
                new NaiveSiblings.Left(
                    (string)finding["ProcessName"]!,
                    (string)finding["SourceIp"]!,
                    (string)finding["DestinationIp"]!,
                    (string)finding["RemoteCountry"]!,
                    (long)finding["countToday"]!),
                lefts));
            Assert.Equal(Sorted(expected.Select(Exact)), Sorted(actual.Select(Exact)));
        }
        else
        {
            Assert.Equal(Sorted(expected), Sorted(actual));
        }
    }

    private static IReadOnlyList<KeyValuePair<string, string>> Exact(IReadOnlyList<KeyValuePair<string, string>> row) =>
        [.. row.Select(column => Chosen.Contains(column.Key) ? KeyValuePair.Create(column.Key, "any") : column)];

    private static IEnumerable<string> Sorted(IEnumerable<IReadOnlyList<KeyValuePair<string, string>>> rows) =>
        rows.Select(row => string.Join(" | ", row.Select(column => $"{column.Key}: {column.Value}"))).Order(StringComparer.Ordinal);
}
