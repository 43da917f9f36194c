using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Tests.Evaluation;

/// <summary>A detector as a later release might have it: the same kind, other result rows.</summary>
internal sealed class OtherDetector(Func<IReadOnlyList<Finding>, IReadOnlyList<Finding>> change) : IDetector
{
    private static readonly IDetector Shipped = DetectorCatalog.Shipped.All[0];

    public string Kind => Shipped.Kind;

    public string DisplayName => Shipped.DisplayName;

    public IReadOnlyList<DetectorSetting> Settings => Shipped.Settings;

    public string ShippedSettings => Shipped.ShippedSettings;

    public IReadOnlyList<RuleError> Validate(string settingsJson, TimeSpan frequency, TimeSpan period) => Shipped.Validate(settingsJson, frequency, period);

    public string Normalize(string settingsJson, TimeSpan frequency, TimeSpan period) => Shipped.Normalize(settingsJson, frequency, period);

    public DetectorReach Reach(string settingsJson, TimeSpan frequency, TimeSpan period) => Shipped.Reach(settingsJson, frequency, period);

    public string Describe(RuleDefinition rule) => Shipped.Describe(rule);

    public IReadOnlyList<RuleAdvice> Advise(RuleDefinition rule) => Shipped.Advise(rule);

    public async Task<IReadOnlyList<Finding>> DetectAsync(DetectionContext context, IConnectionHistory history, CancellationToken cancellationToken) =>
        change(await Shipped.DetectAsync(context, history, cancellationToken));
}
