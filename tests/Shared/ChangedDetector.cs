using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;

namespace RulePortal.TestSupport;

/// <summary>The first rule's detector with something of the test's making before it looks or behind what it found; it has no pass of its own.</summary>
internal sealed class ChangedDetector(
    string kind, Func<CancellationToken, Task> trouble, Func<IReadOnlyList<Finding>, IReadOnlyList<Finding>> change) : Detector<RareOutboundConnectionSettings>
{
    private static readonly Detector<RareOutboundConnectionSettings> First =
        (Detector<RareOutboundConnectionSettings>)DetectorCatalog.Shipped.Find(RareConnectionDetectors.ByProcess)!;

    /// <summary>Happens to it before each detection.</summary>
    /// <param name="trouble">What.</param>
    /// <param name="kind">The name it goes by; the first rule's unless given.</param>
    public static ChangedDetector Troubled(Func<CancellationToken, Task> trouble, string kind = RareConnectionDetectors.ByProcess) => new(kind, trouble, findings => findings);

    /// <summary>As a later release might have it: the same kind, other result rows.</summary>
    public static ChangedDetector Finding(Func<IReadOnlyList<Finding>, IReadOnlyList<Finding>> change) =>
        new(RareConnectionDetectors.ByProcess, _ => Task.CompletedTask, change);

    public override string Kind => kind;

    public override string DisplayName => kind;

    public override IReadOnlyList<NamingColumn> NamingColumns => First.NamingColumns;

    public override DetectorReach Reach(RareOutboundConnectionSettings settings) => First.Reach(settings);

    public override string Describe(RuleDefinition rule, RareOutboundConnectionSettings settings) => First.Describe(rule, settings);

    public override IEnumerable<RuleAdvice> Advise(RuleDefinition rule, RareOutboundConnectionSettings settings) => First.Advise(rule, settings);

    public override async Task<IReadOnlyList<Finding>> DetectAsync(
        RareOutboundConnectionSettings settings, TimeRange window, IConnections connections, CancellationToken cancellationToken)
    {
        await trouble(cancellationToken);
        return change(await First.DetectAsync(settings, window, connections, cancellationToken));
    }
}
