using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Intake;
using RulePortal.Data.Intake.Reading;
using RulePortal.Data.Intake.Spooling;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Stores;

/// <summary>An empty, migrated database of its own, with what stores and reads connections in it.</summary>
internal abstract class TestStore : IDbContextFactory<PortalDbContext>, IAsyncDisposable
{
    protected TestStore(ConnectionDialect dialect, FakeTimeProvider? clock = null)
    {
        Dialect = dialect;
        Clock = clock ?? new FakeTimeProvider(new DateTimeOffset(2026, 1, 31, 0, 0, 0, TimeSpan.Zero));
        Importer = new ConnectionImporter(this, dialect, Terms, Clock);
        Snapshots = new ConnectionSnapshots(this, dialect, Terms);
        Slots = new WorkSlots(Clock);
        Evaluator = new WindowEvaluator(EvaluationSnapshots);
        Pins = new RulePins(this, Snapshots, DetectorCatalog.Shipped, Slots);
    }

    public static Actor Ada { get; } = new("dev:Contributor", "Ada") { Rights = ActorRights.All };

    public ConnectionDialect Dialect { get; }

    public FakeTimeProvider Clock { get; }

    public TermCache Terms { get; } = new();

    public ConnectionImporter Importer { get; }

    public ConnectionSnapshots Snapshots { get; }

    public EvaluationSnapshots EvaluationSnapshots => new(Snapshots);

    public WorkSlots Slots { get; }

    public WindowEvaluator Evaluator { get; }

    public RulePins Pins { get; }

    public RuleStore Rules() => new(this, DetectorCatalog.Shipped, Pins, Clock);

    /// <summary>Opens a store of a kind; skips the test when that kind cannot be had here.</summary>
    public static async Task<TestStore> OpenAsync(StoreKind kind) => kind switch
    {
        StoreKind.Sqlite => await SqliteTestStore.OpenAsync(),
        _ => await SqlServerTestStore.OpenAsync(),
    };

    /// <summary>Another node over the same database: services, connections and caches of its own, the same time.</summary>
    public abstract TestStore Another();

    public abstract PortalDbContext CreateDbContext();

    public abstract ValueTask DisposeAsync();

    /// <summary>Imports content as one batch.</summary>
    public async Task<BatchResult> ImportAsync(Stream content, BatchFacts facts, ContentOptions? options = null)
    {
        using ContentReader reader = await ContentReader.OpenAsync(content, options ?? new ContentOptions(), Clock, default);
        using SpooledBatch batch = await reader.ReadBatchAsync(ConnectionRowId.MaxRowsPerBatch, default);
        return await Importer.StoreAsync(facts, batch, default);
    }
}
