using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Evaluation;

/// <summary>Evaluates a rule, as it is or as it would be, over the windows of a past span of the store. Writes nothing.</summary>
public sealed class RuleSimulator(EvaluationSnapshots snapshots, WorkSlots slots, TimeProvider clock)
{
    /// <summary>Most windows of one simulation.</summary>
    public const int MostWindows = 5_000;

    /// <summary>How long one simulation may take, waiting for a slot included.</summary>
    /// <value>2 minutes.</value>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest span.</summary>
    /// <value>75 days, as long as connections are kept.</value>
    public static TimeSpan LongestSpan { get; } = TimeSpan.FromDays(75);

    /// <summary>Lookbacks that a what-if offers beside the rule's own, for every knob that has one.</summary>
    public static IReadOnlyList<TimeSpan> UsualLookbacks { get; } = [TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(30)];

    /// <summary>A request with the usual lookbacks.</summary>
    public static SimulationRequest WithUsualLookbacks(SimulationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var lookbacks = request.Rule.Detector.Knobs.Select(knob => knob.Lookback?.Key).OfType<string>().Distinct(StringComparer.Ordinal);
        return request with { Lookbacks = lookbacks.ToDictionary(key => key, _ => UsualLookbacks, StringComparer.Ordinal) };
    }

    /// <summary>Simulates.</summary>
    /// <param name="request">What to simulate.</param>
    /// <param name="progress">Told how far it is, on any thread; or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public Task<SimulationResult> SimulateAsync(SimulationRequest request, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken) =>
        SimulateAsync(request, maxBatchSeq: null, progress, cancellationToken);

    /// <summary>Simulates over the batches up to one, so that two simulations can be compared.</summary>
    /// <param name="request">What to simulate.</param>
    /// <param name="maxBatchSeq">The last batch seen; null for all that are stored.</param>
    /// <param name="progress">Told how far it is, on any thread; or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SimulationResult> SimulateAsync(
        SimulationRequest request, long? maxBatchSeq, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<RuleError> errors = [.. RuleValidator.Validate(request.Rule.Definition), .. SpanErrors(request)];
        if (errors.Count > 0)
        {
            return SimulationResult.Refused(SimulationOutcome.Invalid, errors);
        }

        try
        {
            var (isInTime, result) = await slots.RunAsync(WorkKind.Look, TimeLimit, token => RunAsync(request, maxBatchSeq, progress, token), cancellationToken);
            return isInTime ? result! : SimulationResult.Refused(SimulationOutcome.TimedOut, new RuleError(
                "simulation.timed-out", "span", $"The simulation was stopped after {TimeLimit.TotalSeconds:0} seconds; choose a shorter span, or lower thresholds."));
        }
        catch (Exception tooLarge) when (tooLarge is SimulationLimitException or TooManyRowsException)
        {
            return SimulationResult.Refused(SimulationOutcome.TooLarge, new RuleError("simulation.too-large", "span", tooLarge.Message));
        }
    }

    private async Task<SimulationResult> RunAsync(SimulationRequest request, long? maxBatchSeq, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        var started = clock.GetTimestamp();
        var read = request.Span with { StartUtc = TimeRange.Back(request.Span.StartUtc, RuleLimits.LongestPeriod).StartUtc };
        await using var snapshot = await snapshots.OpenAsync(request.Rule.Definition, request.AlertsOf, read, maxBatchSeq, cancellationToken);
        var pass = await SimulationPass.RunAsync(request, snapshot.Connections, progress, cancellationToken);
        return new SimulationResult(SimulationOutcome.Simulated, new WhatIf(pass), [], clock.GetElapsedTime(started));
    }

    private static IEnumerable<RuleError> SpanErrors(SimulationRequest request)
    {
        var (length, frequency) = (request.Span.Length, request.Rule.Definition.QueryFrequency);
        if (length <= TimeSpan.Zero || length > LongestSpan)
        {
            yield return new("span.out-of-range", "span", $"The span must be longer than nothing and at most {DurationText.ForPeople(LongestSpan)}.");
        }
        else if (frequency > TimeSpan.Zero && length / frequency > MostWindows)
        {
            yield return new(
                "span.too-many-windows",
                "span",
                $"The span has more than {Words.Number(MostWindows)} windows of {DurationText.ForPeople(frequency)}; choose a shorter one.");
        }
    }
}

/// <summary>What came of a simulation.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="WhatIf">Answers questions about it, when it was simulated.</param>
/// <param name="Errors">Every fault, when it was not.</param>
/// <param name="Elapsed">How long the pass took.</param>
public sealed record SimulationResult(SimulationOutcome Outcome, WhatIf? WhatIf, IReadOnlyList<RuleError> Errors, TimeSpan Elapsed)
{
    internal static SimulationResult Refused(SimulationOutcome outcome, params IReadOnlyList<RuleError> errors) => new(outcome, null, errors, TimeSpan.Zero);
}

/// <summary>How a simulation ended.</summary>
public enum SimulationOutcome
{
    /// <summary>Every window was evaluated.</summary>
    Simulated = 0,

    /// <summary>The rule or the span has faults.</summary>
    Invalid = 1,

    /// <summary>There is more than a simulation holds.</summary>
    TooLarge = 2,

    /// <summary>It took longer than <see cref="RuleSimulator.TimeLimit"/>, waiting for a slot included.</summary>
    TimedOut = 3,
}
