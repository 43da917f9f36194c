using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>Every window of a span, evaluated once and compactly: what all later questions about thresholds are answered from, without another read.</summary>
public sealed class SimulationPass
{
    private readonly Dictionary<TimeSpan, BaselineFullness[]> baselines;
    private readonly TimeSpan leastLookback;

    private SimulationPass(SimulationRequest request)
    {
        Request = request;
        Columns = [.. Knobs.SelectMany((_, knob) => request.LookbacksOf(knob).Select(lookback => new PassColumn(knob, lookback)))];
        baselines = [];
        leastLookback = Longest(Own) < Request.Rule.Reach.Lookback ? Request.Rule.Reach.Lookback : TimeSpan.Zero;
    }

    /// <summary>What was asked for.</summary>
    public SimulationRequest Request { get; }

    /// <summary>The knobs that can be moved; none when the detector can only be evaluated window by window.</summary>
    public IReadOnlyList<Knob> Knobs => Request.Rule.Detector.Knobs;

    /// <summary>What the rule's own settings give the knobs.</summary>
    public IReadOnlyList<KnobValue> Own => Request.Rule.Knobs;

    /// <summary>What a candidate's numbers mean.</summary>
    public IReadOnlyList<PassColumn> Columns { get; }

    /// <summary>Length of the window under evaluation.</summary>
    public TimeSpan CurrentWindow => Request.Rule.Reach.CurrentWindow;

    /// <summary>The windows, oldest first.</summary>
    public IReadOnlyList<SimulatedWindow> Windows { get; internal set; } = [];

    /// <summary>The candidates, by window.</summary>
    public IReadOnlyList<Candidate> Candidates { get; internal set; } = [];

    /// <summary>When the oldest row stored was generated, or null when nothing is stored. UTC.</summary>
    public DateTime? OldestUtc { get; internal init; }

    /// <summary>Highest batch the pass saw.</summary>
    public long MaxBatchSeq { get; internal init; }

    /// <summary>The thresholds of a knob that can be asked about.</summary>
    public (long Least, long Greatest) Thresholds(int knob) => Request.Thresholds(knob);

    /// <summary>The lookbacks of a knob that can be asked about, shortest first.</summary>
    public IReadOnlyList<TimeSpan> LookbacksOf(int knob) => [.. Columns.Where(column => column.Knob == knob).Select(column => column.Lookback)];

    /// <summary>How full the baseline of a window was.</summary>
    /// <param name="window">The window's position.</param>
    /// <param name="lookback">The longest lookback in force.</param>
    public BaselineFullness Baseline(int window, TimeSpan lookback) => baselines[lookback][window];

    /// <summary>Whether the history reaches as far back as a window looks. Of one that does not, "no alert" must not be said.</summary>
    /// <param name="window">The window's position.</param>
    /// <param name="lookback">The longest lookback in force.</param>
    public bool IsComplete(int window, TimeSpan lookback) => OldestUtc is { } oldest && oldest <= TimeRange.Back(Windows[window].Range.EndUtc, lookback).StartUtc;

    /// <summary>How far back the rule looks with some knob values: to their longest lookback, or farther where no knob moves what it reads.</summary>
    public TimeSpan LookbackOf(IReadOnlyList<KnobValue> knobs) =>
        Longest(knobs) is var longest && longest > leastLookback ? longest : leastLookback;

    /// <summary>Everything that <see cref="LookbackOf"/> can say.</summary>
    internal IEnumerable<TimeSpan> Lookbacks => Columns
        .Where(column => Knobs[column.Knob].Lookback is not null)
        .Select(column => column.Lookback > leastLookback ? column.Lookback : leastLookback)
        .DefaultIfEmpty(leastLookback)
        .Distinct();

    internal IReadOnlyList<BaselineFullness> Baselines(TimeSpan lookback) => baselines[lookback];

    /// <summary>The position of the first window that the history reaches back for; windows after it are complete as well.</summary>
    internal int FirstComplete(TimeSpan lookback)
    {
        var window = 0;
        while (window < Windows.Count && !IsComplete(window, lookback))
        {
            window++;
        }

        return window;
    }

    internal void SetBaseline(TimeSpan lookback, BaselineFullness[] fullness) => baselines[lookback] = fullness;

    /// <summary>Evaluates every window of a span: in one pass when the detector can, else window by window.</summary>
    /// <param name="request">What to simulate.</param>
    /// <param name="connections">The rows; one consistent read.</param>
    /// <param name="progress">Told how far it is, or null.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="SimulationLimitException">There is more than the request allows.</exception>
    public static async Task<SimulationPass> RunAsync(
        SimulationRequest request, IConnections connections, IProgress<SimulationProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(connections);
        var pass = new SimulationPass(request)
        {
            OldestUtc = await connections.OldestAsync(cancellationToken),
            MaxBatchSeq = connections.MaxBatchSeq,
        };
        pass.Candidates = request.Rule.CanSimulate
            ? await request.Rule.FindCandidatesAsync(request, connections, progress, cancellationToken)
            : await WindowByWindow.FindCandidatesAsync(request, connections, progress, cancellationToken);
        await new PassWindows(pass, connections).FillAsync(cancellationToken);
        return pass;
    }

    private TimeSpan Longest(IReadOnlyList<KnobValue> values)
    {
        var longest = TimeSpan.Zero;
        for (var knob = 0; knob < values.Count; knob++)
        {
            longest = Knobs[knob].Lookback is not null && values[knob].Lookback > longest ? values[knob].Lookback : longest;
        }

        return longest;
    }
}

/// <summary>Which number of a candidate stands where.</summary>
/// <param name="Knob">The knob's position in the detector's list.</param>
/// <param name="Lookback">The lookback in which it was counted.</param>
public readonly record struct PassColumn(int Knob, TimeSpan Lookback);

/// <summary>A window of a simulation.</summary>
/// <param name="Range">What it covers; its end is where the scheduler ends it.</param>
/// <param name="HasRows">Whether the source sent any row in it, of whatever direction.</param>
public readonly record struct SimulatedWindow(TimeRange Range, bool HasRows);
