using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

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
        var settings = SettingsSchema<RareOutboundConnectionSettings>.Read(
            Bound.Shipped with { SettingsJson = vector.SettingsJson }, [])!.Resolved;

        var rows = NaiveSettings.Of(settings, TimeSpan.FromHours(1), TimeSpan.FromDays(30))
            .Evaluate(vector.ReadConnections(), vector.NowUtc);

        Assert.Empty(vector.Differences(rows.Select(ResultRow.Of)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task DetectAsync_OverVector_GivesTheEnginesRows(string name)
    {
        var vector = TestVector.Load(name);

        var findings = await Bound.First(vector.SettingsJson)
            .DetectAsync(vector.NowUtc, new InMemoryConnections(vector.ReadConnections()), default);

        Assert.Empty(vector.Differences(findings.Select(ResultRow.Of)));
    }
}
