using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Simulation;

/// <summary>A detector, hiding that it can be simulated.</summary>
internal sealed class PlainDetector<TSettings>(Detector<TSettings> inner) : Detector<TSettings>
    where TSettings : class, new()
{
    public override string Kind => inner.Kind;

    public override string DisplayName => inner.DisplayName;

    public override IReadOnlyList<NamingColumn> NamingColumns => inner.NamingColumns;

    public override DetectorReach Reach(TSettings settings) => inner.Reach(settings);

    public override string Describe(RuleDefinition rule, TSettings settings) => inner.Describe(rule, settings);

    public override Task<IReadOnlyList<Finding>> DetectAsync(
        TSettings settings, TimeRange window, IConnections connections, CancellationToken cancellationToken) =>
        inner.DetectAsync(settings, window, connections, cancellationToken);
}

internal static class PlainDetector
{
    public static Detector Of(Detector detector) => detector switch
    {
        Detector<RareOutboundConnectionSettings> first => new PlainDetector<RareOutboundConnectionSettings>(first),
        Detector<RareConnectionSettings> sibling => new PlainDetector<RareConnectionSettings>(sibling),
        Detector<HostRowsSettings> hosts => new PlainDetector<HostRowsSettings>(hosts),
        _ => throw new NotSupportedException($"Say what settings {detector.Kind} has."),
    };
}
