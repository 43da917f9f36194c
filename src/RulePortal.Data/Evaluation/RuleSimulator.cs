using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;

namespace RulePortal.Data.Evaluation;

/// <summary>Evaluates a rule, as it is or as it would be, over the windows of a past span of the store. Writes nothing.</summary>
public sealed class RuleSimulator(ConnectionHistoryFactory histories, DetectorCatalog detectors, TimeProvider clock) : IDisposable
{
    /// <summary>Most windows of one simulation.</summary>
    public const int MostWindows = 5_000;

    // Whoever may view may simulate: many curious readers must not starve the scheduled runs.
    private readonly SemaphoreSlim _places = new(2);

    /// <summary>How long one simulation may take, waiting for a place included.</summary>
    /// <value>2 minutes.</value>
    public static TimeSpan TimeLimit { get; } = TimeSpan.FromMinutes(2);

    /// <summary>Longest span.</summary>
    /// <value>75 days, as long as connections are kept.</value>
    public static TimeSpan LongestSpan { get; } = TimeSpan.FromDays(75);

    /// <summary>Lookbacks that a what-if offers beside the rule's own, for every knob that has one.</summary>
    public static IReadOnlyList<TimeSpan> UsualLookbacks { get; } = [TimeSpan.FromDays(1), TimeSpan.FromDays(7), TimeSpan.FromDays(14), TimeSpan.FromDays(30)];

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    /// <summary>A request with the usual lookbacks.</summary>
    public SimulationRequest WithUsualLookbacks(SimulationRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        return detectors.Find(request.Rule.Detector) is ISimulatedDetector detector
            ? request with { Lookbacks = detector.Knobs.ToDictionary(knob => knob.Lookback.Key, _ => UsualLookbacks, StringComparer.Ordinal) }
            : request;
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
    public async Task<SimulationResult> SimulateAsync(SimulationRequest request, long? maxBatchSeq, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        IReadOnlyList<RuleError> errors = [.. RuleValidator.Validate(request.Rule, detectors), .. SpanErrors(request)];
        if (errors.Count > 0)
        {
            return SimulationResult.Refused(SimulationOutcome.Invalid, errors);
        }

        try
        {
            var (isInTime, result) = await InPlaceAsync(token => RunAsync(request, maxBatchSeq, progress, token), cancellationToken);
            return isInTime ? result!
                : SimulationResult.Refused(SimulationOutcome.TimedOut, new RuleError("simulation.timed-out", "span", $"The simulation was stopped after {TimeLimit.TotalSeconds:0} seconds; choose a shorter span, or lower thresholds."));
        }
        catch (Exception tooLarge) when (tooLarge is SimulationLimitException or TooManyRowsException)
        {
            return SimulationResult.Refused(SimulationOutcome.TooLarge, new RuleError("simulation.too-large", "span", tooLarge.Message));
        }
    }

    /// <summary>Does what costs as a simulation does: in one of the places, within the time limit, on a thread of its own.</summary>
    /// <returns>Whether it ended within the limit, and if so its result.</returns>
    internal async Task<(bool IsInTime, T? Result)> InPlaceAsync<T>(Func<CancellationToken, Task<T>> work, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _places.WaitAsync(either.Token);
            try
            {
                // SQLite answers on the thread that asks: a page's own thread must stay free for its "cancel".
                return (true, await Task.Run(() => work(either.Token), either.Token));
            }
            finally
            {
                _places.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return (false, default);
        }
    }

    private async Task<SimulationResult> RunAsync(SimulationRequest request, long? maxBatchSeq, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        long started = clock.GetTimestamp();
        await using EvaluationHistory history = await histories.OpenAsync(request.Rule, request.AlertsOf, request.Span with { StartUtc = TimeRange.Back(request.Span.StartUtc, RuleLimits.LongestPeriod).StartUtc }, maxBatchSeq, cancellationToken);
        SimulationPass pass = await SimulationPass.RunAsync(detectors.Find(request.Rule.Detector)!, request, history.Rows, progress, cancellationToken);
        return new SimulationResult(SimulationOutcome.Simulated, new WhatIf(pass), [], clock.GetElapsedTime(started));
    }

    private static IEnumerable<RuleError> SpanErrors(SimulationRequest request)
    {
        TimeSpan length = request.Span.Length;
        if (length <= TimeSpan.Zero || length > LongestSpan)
        {
            yield return new("span.out-of-range", "span", $"The span must be longer than nothing and at most {DurationText.ForPeople(LongestSpan)}.");
        }
        else if (request.Rule.QueryFrequency > TimeSpan.Zero && length / request.Rule.QueryFrequency > MostWindows)
        {
            yield return new("span.too-many-windows", "span", $"The span has more than {Words.Number(MostWindows)} windows of {DurationText.ForPeople(request.Rule.QueryFrequency)}; choose a shorter one.");
        }
    }
}
