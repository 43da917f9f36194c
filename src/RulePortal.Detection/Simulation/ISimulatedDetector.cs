using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Simulation;

/// <summary>A detector that can evaluate all windows of a past span in one pass, and whose thresholds then are comparisons.</summary>
/// <remarks>
/// Its result rows come in groups that stand or fall together, one <see cref="Candidate"/> each. A candidate has a number for every knob and lookback;
/// its rows are results when each number is at most the knob's threshold.
/// </remarks>
public interface ISimulatedDetector : IDetector
{
    /// <summary>The thresholds that a what-if can move, each with the lookback in which it counts.</summary>
    IReadOnlyList<ThresholdKnob> Knobs { get; }

    /// <summary>The values that a rule's settings give the knobs.</summary>
    /// <returns>One a knob, in the order of <see cref="Knobs"/>.</returns>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    IReadOnlyList<KnobValue> ReadKnobs(RuleDefinition rule);

    /// <summary>Evaluates every window of the request.</summary>
    /// <param name="request">Which rule, windows and lookbacks.</param>
    /// <param name="scan">The rows; one consistent read.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>The candidates, by window and then in the order of the detector's results.</returns>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    /// <exception cref="SimulationLimitException">The result would be larger than the request allows.</exception>
    Task<IReadOnlyList<Candidate>> FindCandidatesAsync(SimulationRequest request, IConnectionScan scan, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken);
}
