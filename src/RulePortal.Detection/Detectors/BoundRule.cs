using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Detectors;

/// <summary>A rule ready to be evaluated: its definition, its detector, and the settings read. Bound once, when a version is loaded or an edit typed.</summary>
public abstract class BoundRule
{
    private protected BoundRule(RuleDefinition definition, Detector detector)
    {
        Definition = definition;
        Detector = detector;
    }

    /// <summary>What the rule says; its settings have every key, durations normalised, so that equal rules are equal.</summary>
    public RuleDefinition Definition { get; }

    /// <summary>What evaluates it.</summary>
    public Detector Detector { get; }

    /// <summary>How far back from a window's end it reads, and how long the window is.</summary>
    public abstract DetectorReach Reach { get; }

    /// <summary>What it looks at and when a row is a result, in words.</summary>
    public abstract string Description { get; }

    /// <summary>What is worth knowing of it, each beside a field; none of it is a fault.</summary>
    public abstract IReadOnlyList<RuleAdvice> Advice { get; }

    /// <summary>What its settings give the detector's knobs, in their order.</summary>
    public abstract IReadOnlyList<KnobValue> Knobs { get; }

    /// <summary>Whether all windows of a span can be evaluated in one pass.</summary>
    public bool CanSimulate => Detector.Knobs.Count > 0;

    /// <summary>Whether it can say when its findings become ordinary.</summary>
    public abstract bool CanForecast { get; }

    /// <summary>Finds the result rows at an instant.</summary>
    /// <param name="asOfUtc">The window's end; KQL's <c>now()</c>. UTC.</param>
    /// <param name="connections">The rows to evaluate over.</param>
    /// <param name="cancellationToken">Stops the evaluation.</param>
    /// <returns>The result rows in a stable order; empty when there are none.</returns>
    /// <exception cref="ArgumentException">The instant is not UTC.</exception>
    public abstract Task<IReadOnlyList<Finding>> DetectAsync(DateTime asOfUtc, IConnections connections, CancellationToken cancellationToken);

    /// <summary>Evaluates every window of a request in one pass.</summary>
    /// <param name="request">Which windows and lookbacks.</param>
    /// <param name="connections">The rows; one consistent read.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The candidates, by window and then in the order of the detector's results.</returns>
    /// <exception cref="NotSupportedException">The detector is evaluated window by window alone: <see cref="CanSimulate"/> is false.</exception>
    /// <exception cref="SimulationLimitException">The result would be larger than the request allows.</exception>
    public abstract Task<IReadOnlyList<Candidate>> FindCandidatesAsync(
        SimulationRequest request, IConnections connections, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken);

    /// <summary>Says of each subject how far it is from being ordinary.</summary>
    /// <param name="question">Which window and subjects, and what time it is.</param>
    /// <param name="connections">The rows; one consistent read. What is excluded from it is excluded from the forecast.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>One a subject, in their order; none when <see cref="CanForecast"/> is false.</returns>
    public abstract Task<IReadOnlyList<BaselineForecast>> ForecastAsync(ForecastQuestion question, IConnections connections, CancellationToken cancellationToken);
}

internal sealed class BoundRule<TSettings> : BoundRule
    where TSettings : class, new()
{
    private readonly Detector<TSettings> detector;
    private readonly TSettings settings;

    public BoundRule(RuleDefinition rule, Detector<TSettings> detector, BoundSettings<TSettings> bound)
        : base(rule with { SettingsJson = bound.Json }, detector)
    {
        (this.detector, settings) = (detector, bound.Resolved);
        Reach = detector.Reach(settings);
        Knobs = [.. detector.Knobs.Select(Value)];
    }

    public override DetectorReach Reach { get; }

    public override string Description => detector.Describe(Definition, settings);

    public override IReadOnlyList<RuleAdvice> Advice => [.. RuleAdvisor.Advise(Definition), .. detector.Advise(Definition, settings)];

    public override IReadOnlyList<KnobValue> Knobs { get; }

    public override bool CanForecast => detector is IForecast<TSettings>;

    public override Task<IReadOnlyList<Finding>> DetectAsync(DateTime asOfUtc, IConnections connections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(connections);
        return asOfUtc.Kind == DateTimeKind.Utc
            ? detector.DetectAsync(settings, Reach.WindowEndingAt(asOfUtc), connections, cancellationToken)
            : throw new ArgumentException("The instant to evaluate must be UTC.", nameof(asOfUtc));
    }

    public override Task<IReadOnlyList<Candidate>> FindCandidatesAsync(
        SimulationRequest request, IConnections connections, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(connections);
        return detector is ISimulate<TSettings> simulate
            ? simulate.FindCandidatesAsync(settings, request, connections, progress, cancellationToken)
            : throw new NotSupportedException($"{detector.Kind} is evaluated window by window.");
    }

    public override Task<IReadOnlyList<BaselineForecast>> ForecastAsync(ForecastQuestion question, IConnections connections, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        ArgumentNullException.ThrowIfNull(connections);
        return detector is IForecast<TSettings> forecast
            ? forecast.ForecastAsync(settings, question, connections, cancellationToken)
            : Task.FromResult<IReadOnlyList<BaselineForecast>>([]);
    }

    private KnobValue Value(Knob knob) => new(
        (long)SettingsSchema<TSettings>.Value(settings, knob.Threshold.Key)!,
        knob.Lookback is { } lookback ? (TimeSpan)SettingsSchema<TSettings>.Value(settings, lookback.Key)! : Reach.Lookback);
}
