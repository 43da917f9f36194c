using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareOutboundConnection;

public sealed class VectorTests
{
    public static TheoryData<string> Names => TestVector.TheoryData;

    [Fact]
    public void Names_WholeFolder_AreAllThere() => Assert.Equal(31, TestVector.Names.Count);

    [Theory]
    [MemberData(nameof(Names))]
    public void Naive_OverVector_GivesTheEnginesRows(string name)
    {
        var vector = TestVector.Load(name);
        Assert.True(RareOutboundConnectionSettings.TryParse(vector.SettingsJson, TimeSpan.FromHours(1), TimeSpan.FromDays(30), out var settings, out _));
        var naive = NaiveSettings.Of(settings, TimeSpan.FromHours(1), TimeSpan.FromDays(30));

        var rows = naive.Evaluate(vector.ReadConnections(), vector.NowUtc);

        Assert.Empty(vector.Differences(rows.Select(ResultRow.Of)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task DetectAsync_OverVector_GivesTheEnginesRows(string name)
    {
        var vector = TestVector.Load(name);
        var context = new DetectionContext(vector.NowUtc, vector.SettingsJson, TimeSpan.FromHours(1), TimeSpan.FromDays(30));

        var findings = await new RareOutboundConnectionDetector().DetectAsync(context, new InMemoryConnectionHistory(vector.ReadConnections()), default);

        Assert.Empty(vector.Differences(findings.Select(ResultRow.Of)));
    }
}
