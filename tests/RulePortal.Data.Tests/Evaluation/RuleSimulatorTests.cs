using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Intake;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Simulation;
using RulePortal.TestSupport;

namespace RulePortal.Data.Tests.Evaluation;

public abstract class RuleSimulatorTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly RuleDefinition Rule = ShippedRules.RareOutboundConnectionByProcess.Definition with { LearningPeriod = TimeSpan.Zero, TriggerThreshold = 0 };

    private DateTime Now => Store.Clock.GetUtcNow().UtcDateTime;

    private SimulationRequest Day => new() { Rule = Bound(Rule), Span = TimeRange.Back(Now, TimeSpan.FromDays(1)) };

    [Fact]
    public async Task SimulateAsync_VectorThroughTheStore_IsWhatTheHistoryInMemoryGives()
    {
        TestVector vector = TestVector.Load("random_20k");
        Store.Clock.SetUtcNow(new DateTimeOffset(vector.NowUtc));
        await using Stream content = vector.OpenConnections();
        await Store.ImportAsync(content, new BatchFacts(BatchOrigin.CommandLine, TestStore.Ada) { SkipBadRows = true });
        var simulator = Simulator();
        SimulationRequest request = RuleSimulator.WithUsualLookbacks(new SimulationRequest { Rule = Bound(Rule), Span = TimeRange.Back(vector.NowUtc, TimeSpan.FromDays(3)) });
        var steps = new List<SimulationProgress>();

        SimulationResult result = await simulator.SimulateAsync(request, new Synchronous(steps), default);
        var expected = new WhatIf(await SimulationPass.RunAsync(request, new InMemoryConnections(vector.ReadConnections()), progress: null, default));

        Assert.Equal(SimulationOutcome.Simulated, result.Outcome);
        Assert.Equal(72, result.WhatIf!.Pass.Windows.Count);
        Assert.Equal(expected.Pass.Windows, result.WhatIf.Pass.Windows);
        Assert.Equal(expected.Runs(expected.Own), result.WhatIf.Runs(expected.Own));
        Assert.Equal(Written(expected.Pass.Candidates), Written(result.WhatIf.Pass.Candidates));
        Assert.NotEmpty(expected.Pass.Candidates);
        Assert.Equal(new SimulationProgress(steps.Count, steps.Count), steps[^1]);
    }

    [Fact]
    public async Task SimulateAsync_EmptyStore_HasWindowsWithoutDataAndClaimsNothing()
    {
        var simulator = Simulator();

        SimulationResult result = await simulator.SimulateAsync(Day, null, default);

        Assert.Equal(24, result.WhatIf!.Totals(result.WhatIf.Own).NoData);
        Assert.Null(result.WhatIf.Pass.OldestUtc);
    }

    [Fact]
    public async Task SimulateAsync_FaultyRuleAndSpan_NamesEveryFault()
    {
        var simulator = Simulator();
        SimulationRequest request = Day with { Rule = Bound(Rule with { Name = "" }), Span = TimeRange.Back(Now, TimeSpan.FromDays(76)) };

        SimulationResult result = await simulator.SimulateAsync(request, null, default);

        Assert.Equal(SimulationOutcome.Invalid, result.Outcome);
        Assert.Equal(["name", "span"], result.Errors.Select(error => error.Field));
    }

    [Fact]
    public async Task SimulateAsync_TooManyWindows_IsRefused()
    {
        var simulator = Simulator();
        RuleDefinition often = Rule with { QueryFrequency = TimeSpan.FromMinutes(5), QueryPeriod = TimeSpan.FromHours(2), SettingsJson = """{"tupleLookback": "PT2H"}""" };

        SimulationResult result = await simulator.SimulateAsync(Day with { Rule = Bound(often), Span = TimeRange.Back(Now, TimeSpan.FromDays(30)) }, null, default);

        Assert.Equal("span.too-many-windows", Assert.Single(result.Errors).Code);
    }

    [Fact]
    public async Task SimulateAsync_MoreRowsThanAllowed_SaysSo()
    {
        await ImportAsync(Row(-30, "curl"), Row(-20, "ssh"));
        var simulator = Simulator();

        SimulationResult result = await simulator.SimulateAsync(Day with { MostRows = 1 }, null, default);

        Assert.Equal(SimulationOutcome.TooLarge, result.Outcome);
        Assert.Contains("more than 1 result rows", Assert.Single(result.Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SimulateAsync_Cancelled_Stops()
    {
        await ImportAsync(Row(-30, "curl"));
        var simulator = Simulator();
        using var stop = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => simulator.SimulateAsync(Day, new Stopping(stop), stop.Token));
    }

    private static IEnumerable<string> Written(IEnumerable<Candidate> candidates) => candidates.Select(candidate => $"{candidate.Window} {candidate.Subject} {string.Join(',', candidate.Numbers)} {string.Join(',', candidate.Rows.Select(row => $"{row.GroupKey} {string.Join(' ', row.Names)} {row.FirstUtc:O}"))}");

    private static BoundRule Bound(RuleDefinition rule) => DetectorCatalog.Shipped.Bind(rule);

    private RuleSimulator Simulator() => new(Store.EvaluationSnapshots, Store.Slots, Store.Clock);

    private VmConnection Row(int minute, string process) => new() { TimeGenerated = Now.AddMinutes(minute), Direction = "outbound", RemoteCountry = "Alfa", ProcessName = process };

    private Task<BatchResult> ImportAsync(params VmConnection[] rows) =>
        Store.Importer.ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada) { Key = "k" }, rows.Append(Row(-40, "old") with { RemoteCountry = "Bravo" }).ToAsyncEnumerable(), default);

    private sealed class Synchronous(List<SimulationProgress> steps) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => steps.Add(value);
    }

    private sealed class Stopping(CancellationTokenSource stop) : IProgress<SimulationProgress>
    {
        public void Report(SimulationProgress value) => stop.Cancel();
    }
}

public sealed class SqliteRuleSimulatorTests() : RuleSimulatorTests(StoreKind.Sqlite);

public sealed class SqlServerRuleSimulatorTests() : RuleSimulatorTests(StoreKind.SqlServer);
