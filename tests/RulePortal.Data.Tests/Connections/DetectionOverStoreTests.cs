using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.TestSupport;

namespace RulePortal.Data.Tests.Connections;

public abstract class DetectionOverStoreTests(StoreKind kind) : StoreTests(kind)
{
    public static TheoryData<string> Names => TestVector.TheoryData;

    [Theory]
    [MemberData(nameof(Names))]
    public async Task DetectAsync_VectorThroughTheWholePipeline_GivesTheEnginesRows(string name)
    {
        var vector = TestVector.Load(name);
        Store.Clock.SetUtcNow(new DateTimeOffset(vector.NowUtc));
        await using var content = vector.OpenConnections();
        await Store.ImportAsync(content, new BatchFacts(BatchOrigin.CommandLine, TestStore.Ada) { SkipBadRows = true });
        var rule = DetectorCatalog.Shipped.Bind(new RuleDefinition { Name = name, Detector = RareConnectionDetectors.ByProcess, SettingsJson = vector.SettingsJson, QueryPeriod = TimeSpan.FromDays(30) });

        await using var history = await Store.Snapshots.OpenAsync(default);
        var findings = await rule.DetectAsync(vector.NowUtc, history, default);

        Assert.Empty(vector.Differences(findings.Select(ResultRow.Of)));
    }
}

public sealed class SqliteDetectionOverStoreTests() : DetectionOverStoreTests(StoreKind.Sqlite);

public sealed class SqlServerDetectionOverStoreTests() : DetectionOverStoreTests(StoreKind.SqlServer);
