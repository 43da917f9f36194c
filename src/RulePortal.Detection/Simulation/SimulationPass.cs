using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>Every window of a span, evaluated once and compactly: what all later questions about thresholds are answered from, without another read.</summary>
public sealed class SimulationPass
{
    private readonly Dictionary<TimeSpan, BaselineFullness[]> baselines;

    internal SimulationPass(SimulationRequest request, IReadOnlyList<ThresholdKnob> knobs, IReadOnlyList<KnobValue> own, IReadOnlyList<PassColumn> columns)
    {
        Request = request;
        Knobs = knobs;
        Own = own;
        Columns = columns;
        baselines = [];
    }

    /// <summary>What was asked for.</summary>
    public SimulationRequest Request { get; }

    /// <summary>The knobs that can be moved; none when the detector can only be evaluated window by window.</summary>
    public IReadOnlyList<ThresholdKnob> Knobs { get; }

    /// <summary>What the rule's own settings give the knobs.</summary>
    public IReadOnlyList<KnobValue> Own { get; }

    /// <summary>What a candidate's numbers mean.</summary>
    public IReadOnlyList<PassColumn> Columns { get; }

    /// <summary>Highest threshold that can be asked about.</summary>
    public int HighestThreshold { get; internal init; }

    /// <summary>Length of the window under evaluation.</summary>
    public TimeSpan CurrentWindow { get; internal init; }

    /// <summary>How far back the rule looks when no knob says.</summary>
    public TimeSpan OwnLookback { get; internal init; }

    /// <summary>The windows, oldest first.</summary>
    public IReadOnlyList<SimulatedWindow> Windows { get; internal set; } = [];

    /// <summary>The candidates, by window.</summary>
    public IReadOnlyList<Candidate> Candidates { get; internal set; } = [];

    /// <summary>When the oldest row stored was generated, or null when nothing is stored. UTC.</summary>
    public DateTime? OldestUtc { get; internal init; }

    /// <summary>Highest batch the pass saw.</summary>
    public long MaxBatchSeq { get; internal init; }

    /// <summary>The lookbacks of a knob that can be asked about, shortest first.</summary>
    public IReadOnlyList<TimeSpan> LookbacksOf(int knob) => [.. Columns.Where(column => column.Knob == knob).Select(column => column.Lookback)];

    /// <summary>How full the baseline of a window was.</summary>
    /// <param name="window">The window's place.</param>
    /// <param name="lookback">The longest lookback in force.</param>
    public BaselineFullness Baseline(int window, TimeSpan lookback) => baselines[lookback][window];

    /// <summary>Whether the history reaches as far back as a window looks. Of one that does not, "no alert" must not be said.</summary>
    /// <param name="window">The window's place.</param>
    /// <param name="lookback">The longest lookback in force.</param>
    public bool IsComplete(int window, TimeSpan lookback) => OldestUtc is { } oldest && oldest <= TimeRange.Back(Windows[window].Range.EndUtc, lookback).StartUtc;

    /// <summary>The longest lookback of some knob values, which says how far back the rule looks.</summary>
    public TimeSpan LookbackOf(IReadOnlyList<KnobValue> knobs) => knobs.Count == 0 ? OwnLookback : knobs.Max(knob => knob.Lookback);

    internal IReadOnlyList<BaselineFullness> Baselines(TimeSpan lookback) => baselines[lookback];

    /// <summary>The place of the first window that the history reaches back for; windows after it are complete as well.</summary>
    internal int FirstComplete(TimeSpan lookback)
    {
        var place = 0;
        while (place < Windows.Count && !IsComplete(place, lookback))
        {
            place++;
        }

        return place;
    }

    internal void SetBaseline(TimeSpan lookback, BaselineFullness[] fullness) => baselines[lookback] = fullness;

    /// <summary>Evaluates every window of a span: in one pass when the detector can, else window by window.</summary>
    /// <param name="detector">The rule's detector.</param>
    /// <param name="request">What to simulate.</param>
    /// <param name="scan">The rows; one consistent read.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="ArgumentException">The settings do not validate.</exception>
    /// <exception cref="SimulationLimitException">There is more than the request allows.</exception>
    public static async Task<SimulationPass> RunAsync(IDetector detector, SimulationRequest request, IConnectionScan scan, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(detector);
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(scan);
        var reach = detector.Reach(request.Rule.SettingsJson, request.Rule.QueryFrequency, request.Rule.QueryPeriod);
        var simulated = detector as ISimulatedDetector;
        var own = simulated?.ReadKnobs(request.Rule) ?? [];
        var knobs = simulated?.Knobs ?? [];
        var pass = new SimulationPass(request, knobs, own, [.. knobs.SelectMany((knob, place) => request.LookbacksOf(knob, own[place], reach.CurrentWindow).Select(lookback => new PassColumn(place, lookback)))])
        {
            HighestThreshold = (int)Math.Min(int.MaxValue - 1, own.Select(knob => knob.Threshold).Append(request.HighestThreshold).Max()),
            CurrentWindow = reach.CurrentWindow,
            OwnLookback = reach.Lookback,
            OldestUtc = await scan.OldestAsync(cancellationToken),
            MaxBatchSeq = scan.MaxBatchSeq,
        };
        pass.Candidates = simulated is null
            ? await WindowByWindow.FindCandidatesAsync(detector, request, scan, progress, cancellationToken)
            : await simulated.FindCandidatesAsync(request, scan, progress, cancellationToken);
        await new PassWindows(pass, scan).FillAsync(reach, cancellationToken);
        return pass;
    }
}
