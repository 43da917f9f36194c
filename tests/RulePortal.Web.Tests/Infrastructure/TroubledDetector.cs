using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareOutboundConnection;
using RulePortal.Detection.Rules;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>The first rule's detector, with trouble of the test's making before it looks.</summary>
/// <param name="trouble">Happens before each detection.</param>
/// <param name="kind">The name it goes by; the first rule's unless given.</param>
internal sealed class TroubledDetector(Func<CancellationToken, Task> trouble, string kind = RareOutboundConnectionDetector.KindName) : IDetector
{
    private readonly RareOutboundConnectionDetector inner = new();

    public string Kind => kind;

    public string DisplayName => kind;

    public string ShippedSettings => inner.ShippedSettings;

    public IReadOnlyList<DetectorSetting> Settings => inner.Settings;

    public IReadOnlyList<RuleError> Validate(string settingsJson, TimeSpan frequency, TimeSpan period) => inner.Validate(settingsJson, frequency, period);

    public DetectorReach Reach(string settingsJson, TimeSpan frequency, TimeSpan period) => inner.Reach(settingsJson, frequency, period);

    public string Describe(RuleDefinition rule) => inner.Describe(rule);

    public IReadOnlyList<RuleAdvice> Advise(RuleDefinition rule) => inner.Advise(rule);

    public string Normalize(string settingsJson, TimeSpan frequency, TimeSpan period) => inner.Normalize(settingsJson, frequency, period);

    public async Task<IReadOnlyList<Finding>> DetectAsync(DetectionContext context, IConnectionHistory history, CancellationToken cancellationToken)
    {
        await trouble(cancellationToken);
        return await inner.DetectAsync(context, history, cancellationToken);
    }
}
