using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>Answers what other thresholds and lookbacks would have done, from one pass and by comparison alone.</summary>
/// <remarks>Everything that the pass does not vary (schedule, direction, grouping, suppression, learning) is as in the pass's rule.</remarks>
public sealed class WhatIf
{
    private readonly SimulationPass pass;
    private readonly RuleDefinition rule;
    private readonly Dictionary<PassColumn, int> columns;
    private readonly int width;
    private readonly int[] windowOf;
    private readonly int[] rowsOf;
    private readonly long[] numbers;

    /// <summary>Asks over a pass.</summary>
    public WhatIf(SimulationPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        this.pass = pass;
        rule = pass.Request.Rule.Definition;
        columns = pass.Columns.Index().ToDictionary(column => column.Item, column => column.Index);
        Own = new WhatIfSetting(pass.Own, rule.TriggerThreshold);
        width = pass.Columns.Count;
        windowOf = [.. pass.Candidates.Select(candidate => candidate.Window)];
        rowsOf = [.. pass.Candidates.Select(candidate => candidate.Rows.Count)];
        numbers = [.. pass.Candidates.SelectMany(candidate => candidate.Numbers)];
        Axes = [.. MakeAxes()];
    }

    /// <summary>The pass that answers.</summary>
    public SimulationPass Pass => pass;

    /// <summary>The rule's own setting.</summary>
    public WhatIfSetting Own { get; }

    /// <summary>Everything that can be moved: thresholds, the trigger, lookbacks.</summary>
    public IReadOnlyList<WhatIfAxis> Axes { get; }

    /// <summary>The axis of a key, or null.</summary>
    public WhatIfAxis? Axis(string? key) => Axes.FirstOrDefault(axis => axis.Key == key);

    /// <summary>The nearest setting that the pass can answer.</summary>
    public WhatIfSetting Fit(WhatIfSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return new WhatIfSetting(
            [.. setting.Knobs.Select((value, knob) => new KnobValue(
                Clamp(knob, value.Threshold),
                columns.ContainsKey(new PassColumn(knob, value.Lookback)) ? value.Lookback : Own.Knobs[knob].Lookback))],
            Math.Clamp(setting.TriggerThreshold, 0, RuleLimits.GreatestThreshold));
    }

    /// <summary>What became of each window.</summary>
    public IReadOnlyList<SimulatedRun> Runs(WhatIfSetting setting)
    {
        var runs = new SimulatedRun[pass.Windows.Count];
        Judge(setting, run => runs[run.Window] = run);
        return runs;
    }

    /// <summary>The sums of <see cref="Runs"/>.</summary>
    public WhatIfTotals Totals(WhatIfSetting setting)
    {
        var sums = new RunSums();
        Judge(setting, run => sums.Add(run));
        return sums.Totals;
    }

    /// <summary>Sums runs up.</summary>
    public static WhatIfTotals Sum(IEnumerable<SimulatedRun> runs)
    {
        ArgumentNullException.ThrowIfNull(runs);
        var sums = new RunSums();
        foreach (var run in runs)
        {
            sums.Add(run);
        }

        return sums.Totals;
    }

    /// <summary>The result rows of a window, in the order of the detector's results.</summary>
    public IReadOnlyList<SimulatedRow> Rows(WhatIfSetting setting, int window) => [.. CandidatesOf(window).Where(candidate => IsResult(candidate, setting)).SelectMany(candidate => candidate.Rows)];

    /// <summary>What a window has to decide on.</summary>
    public IEnumerable<Candidate> CandidatesOf(int window)
    {
        var candidates = pass.Candidates;
        var (low, high) = (0, candidates.Count);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            (low, high) = candidates[middle].Window < window ? (middle + 1, high) : (low, middle);
        }

        for (; low < candidates.Count && candidates[low].Window == window; low++)
        {
            yield return candidates[low];
        }
    }

    /// <summary>A candidate's number for a knob.</summary>
    public long NumberOf(Candidate candidate, int knob, TimeSpan lookback)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.Numbers[columns[new PassColumn(knob, lookback)]];
    }

    /// <summary>Whether a candidate's rows are results.</summary>
    public bool IsResult(Candidate candidate, WhatIfSetting setting)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(setting);
        for (var knob = 0; knob < setting.Knobs.Count; knob++)
        {
            if (!pass.Knobs[knob].Lets(NumberOf(candidate, knob, setting.Knobs[knob].Lookback), Clamp(knob, setting.Knobs[knob].Threshold)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The alerts raised, by window; those of incomplete windows are left out unless asked for.</summary>
    public IReadOnlyList<SimulatedAlert> Alerts(WhatIfSetting setting, bool withIncomplete = false)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var alerts = new List<SimulatedAlert>();
        foreach (var run in Runs(setting).Where(run => run.Alerts > 0 && (withIncomplete || run.IsComplete)))
        {
            var rows = Rows(setting, run.Window);
            if (rule.EventGrouping == EventGrouping.SingleAlert)
            {
                alerts.Add(new SimulatedAlert(run.Window, run.EndUtc, AlertGrouping.AllRows, rows));
                continue;
            }

            var alone = rows.Count <= AlertGrouping.MostAlerts ? rows.Count : AlertGrouping.MostAlerts - 1;
            alerts.AddRange(rows.Take(alone).Select(row => new SimulatedAlert(run.Window, run.EndUtc, row.GroupKey, [row])));
            if (alone < rows.Count)
            {
                alerts.Add(new SimulatedAlert(run.Window, run.EndUtc, AlertGrouping.RemainingRows, [.. rows.Skip(alone)]));
            }
        }

        return alerts;
    }

    /// <summary>What changes by name when one setting is replaced by another. Only windows that are complete under both are compared.</summary>
    public SimulationDifference Compare(WhatIfSetting before, WhatIfSetting after) => SimulationDifference.Of(this, before, this, after);

    /// <summary>What comes of every value of an axis.</summary>
    public WhatIfCurve Curve(WhatIfSetting setting, WhatIfAxis axis)
    {
        ArgumentNullException.ThrowIfNull(axis);
        IReadOnlyList<WhatIfTotals> points = [.. axis.Values.Select(value => Totals(axis.Set(setting, value)))];
        var hasEffect = points.Any(point => point.Alerts != points[0].Alerts || point.ResultRows != points[0].ResultRows || point.Incomplete != points[0].Incomplete);
        return new WhatIfCurve(axis, points, axis.IsLookback ? null : Knee.Of([.. points.Select(point => point.Alerts)]), hasEffect ? null : new NoEffect(this).Why(setting, axis));
    }

    /// <summary>What comes of every pair of values of two axes.</summary>
    public WhatIfMap Map(WhatIfSetting setting, WhatIfAxis across, WhatIfAxis down)
    {
        ArgumentNullException.ThrowIfNull(across);
        ArgumentNullException.ThrowIfNull(down);
        return new WhatIfMap(across, down, [.. down.Values.SelectMany(below => across.Values.Select(beside => Totals(across.Set(down.Set(setting, below), beside))))]);
    }

    /// <summary>The complete windows that did not alert and would have with one threshold moved by no more than some steps.</summary>
    /// <param name="setting">The setting.</param>
    /// <param name="steps">From 1.</param>
    /// <returns>The nearest move of each threshold, by window.</returns>
    public IReadOnlyList<NearMiss> NearMisses(WhatIfSetting setting, int steps = 1)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var runs = Runs(setting);
        var misses = new List<NearMiss>();
        foreach (var axis in Axes.Where(axis => !axis.IsLookback))
        {
            var noted = new HashSet<int>();
            foreach (var distance in Enumerable.Range(1, steps).SelectMany(step => (long[])[step, -step]))
            {
                var value = axis.Of(setting) + (distance * axis.Step);
                if (axis.Knob < 0 ? value is < 0 or > RuleLimits.GreatestThreshold : value != Clamp(axis.Knob, value))
                {
                    continue;
                }

                var moved = axis.Set(setting, value);
                foreach (var run in Runs(moved).Where(run => run.Alerts > 0 && runs[run.Window] is { Kind: RunOutcomeKind.NoAlert, IsComplete: true } && noted.Add(run.Window)))
                {
                    misses.Add(new NearMiss(run.Window, run.EndUtc, axis, distance * axis.Step, runs[run.Window].ResultRows, Rows(moved, run.Window)));
                }
            }
        }

        return [.. misses.OrderBy(miss => miss.Window).ThenBy(miss => Math.Abs(miss.Distance))];
    }

    // A heat map asks this some thousand times: nothing is allocated a window, and candidates lie in flat arrays.
    private void Judge(WhatIfSetting setting, Action<SimulatedRun> tell)
    {
        ArgumentNullException.ThrowIfNull(setting);
        var counts = Counts(setting);
        var lookback = pass.LookbackOf(setting.Knobs);
        var baselines = pass.Baselines(lookback);
        var firstComplete = pass.FirstComplete(lookback);
        var fold = new AlertingFold(rule with { TriggerThreshold = setting.TriggerThreshold });
        for (var index = 0; index < counts.Length; index++)
        {
            var window = pass.Windows[index];
            var (kind, alerts) = fold.Next(window.Range.EndUtc, counts[index], window.HasRows, baselines[index]);
            tell(new SimulatedRun(index, window.Range.EndUtc, kind, kind == RunOutcomeKind.Suppressed ? 0 : counts[index], alerts, index >= firstComplete, RunOutcome.IsHeld(rule, kind, counts[index])));
        }
    }

    private int[] Counts(WhatIfSetting setting)
    {
        var counts = new int[pass.Windows.Count];
        var knobs = setting.Knobs.Count;
        Span<int> column = stackalloc int[knobs];
        Span<long> least = stackalloc long[knobs];
        Span<long> greatest = stackalloc long[knobs];
        for (var knob = 0; knob < knobs; knob++)
        {
            column[knob] = columns[new PassColumn(knob, setting.Knobs[knob].Lookback)];
            var threshold = Clamp(knob, setting.Knobs[knob].Threshold);
            (least[knob], greatest[knob]) = pass.Knobs[knob].Passes == Passes.AtLeast ? (threshold, long.MaxValue) : (long.MinValue, threshold);
        }

        for (var (candidate, first) = (0, 0); candidate < windowOf.Length; candidate++, first += width)
        {
            var isResult = true;
            for (var knob = 0; isResult && knob < knobs; knob++)
            {
                var number = numbers[first + column[knob]];
                isResult = number >= least[knob] && number <= greatest[knob];
            }

            counts[windowOf[candidate]] += isResult ? rowsOf[candidate] : 0;
        }

        return counts;
    }

    private IEnumerable<WhatIfAxis> MakeAxes()
    {
        foreach (var (index, knob) in pass.Knobs.Index())
        {
            var values = knob.Passes == Passes.AtLeast ? Coarse(index) : Fine(pass.Own[index].Threshold, pass.Thresholds(index));
            yield return new WhatIfAxis(knob.Threshold.Key, knob.Threshold.Label, knob.Threshold.Unit, index, IsLookback: false, values)
            {
                Step = knob.Passes == Passes.AtLeast ? Math.Max(1, pass.Own[index].Threshold / 20) : 1,
            };
        }

        yield return new WhatIfAxis(
            WhatIfAxis.TriggerKey,
            "Trigger threshold",
            "result rows",
            -1,
            IsLookback: false,
            Fine(rule.TriggerThreshold, (0, RuleLimits.GreatestThreshold)));
        foreach (var (index, knob) in pass.Knobs.Index())
        {
            if (knob.Lookback is { } setting && pass.LookbacksOf(index) is { Count: > 1 } lookbacks)
            {
                yield return new WhatIfAxis(setting.Key, setting.Label, "", index, IsLookback: true, [.. lookbacks.Select(lookback => lookback.Ticks)]);
            }
        }
    }

    private long Clamp(int knob, long threshold)
    {
        var (least, greatest) = pass.Thresholds(knob);
        return Math.Clamp(threshold, least, greatest);
    }

    // Every whole number to 50, every fifth to what was asked for, and the rule's own where that lies beyond: what lies between can be asked, and is not drawn.
    private IReadOnlyList<long> Fine(long own, (long Least, long Greatest) allowed)
    {
        var end = Math.Min(allowed.Greatest, pass.Request.HighestThreshold);
        var values = Enumerable.Range(0, (int)end + 1)
            .Where(value => value >= allowed.Least
                && (value <= SimulationRequest.UsualHighestThreshold || value % 5 == 0 || value == end || value == own))
            .Select(value => (long)value);
        return own > end ? [.. values, own] : [.. values];
    }

    // From the least that the pass keeps to the greatest number there is, in some fifty steps, with the rule's own among them.
    private IReadOnlyList<long> Coarse(int knob)
    {
        const int steps = 50;
        var (least, own) = (pass.Thresholds(knob).Least, pass.Own[knob].Threshold);
        var greatest = Math.Max(own, pass.Candidates.Select(candidate => NumberOf(candidate, knob, pass.Own[knob].Lookback)).DefaultIfEmpty().Max());
        var step = Math.Max(1, (greatest - least + steps - 1) / steps);
        var values = Enumerable.Range(0, steps + 1).Select(each => least + (each * step)).TakeWhile(value => value < greatest + step);
        return [.. values.Select(value => Clamp(knob, value)).Append(own).Distinct().Order()];
    }
}

/// <summary>What comes of every value of one axis, all else as it is.</summary>
/// <param name="Axis">What is moved.</param>
/// <param name="Points">One a value of the axis.</param>
/// <param name="Knee">Where a further step begins to cost, or no longer saves; null when the curve has no such point.</param>
/// <param name="NoEffect">Why no value makes a difference, as a sentence; null when one does.</param>
public sealed record WhatIfCurve(WhatIfAxis Axis, IReadOnlyList<WhatIfTotals> Points, int? Knee, string? NoEffect);

/// <summary>What comes of every pair of values of two axes.</summary>
/// <param name="Across">The axis from left to right.</param>
/// <param name="Down">The axis from top to bottom.</param>
/// <param name="Cells">Row by row, one a pair: <c>[down * across.Values.Count + across]</c>.</param>
public sealed record WhatIfMap(WhatIfAxis Across, WhatIfAxis Down, IReadOnlyList<WhatIfTotals> Cells)
{
    /// <summary>The cell of a pair of positions.</summary>
    public WhatIfTotals this[int across, int down] => Cells[(down * Across.Values.Count) + across];
}

/// <summary>What became of a window at one setting.</summary>
/// <param name="Window">The window's position in the pass.</param>
/// <param name="EndUtc">Its end. UTC.</param>
/// <param name="Kind">What came of it.</param>
/// <param name="ResultRows">Its result rows, 0 when it was suppressed.</param>
/// <param name="Alerts">Alerts it raised.</param>
/// <param name="IsComplete">Whether the history reaches back as far as the window looks.</param>
/// <param name="IsHeld">Whether it would have held the rule: its alerts are those that a person lets it raise.</param>
public readonly record struct SimulatedRun(int Window, DateTime EndUtc, RunOutcomeKind Kind, int ResultRows, int Alerts, bool IsComplete, bool IsHeld);

/// <summary>An alert that a setting would have raised.</summary>
/// <param name="Window">The window's position in the pass.</param>
/// <param name="EndUtc">The window's end. UTC.</param>
/// <param name="GroupKey">With the window's end, what makes it the same alert under another setting, and as a stored occurrence.</param>
/// <param name="Rows">Its result rows; empty when the trigger holds on none.</param>
public sealed record SimulatedAlert(int Window, DateTime EndUtc, string GroupKey, IReadOnlyList<SimulatedRow> Rows);
