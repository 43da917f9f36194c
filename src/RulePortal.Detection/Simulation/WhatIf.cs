using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>Answers what other thresholds and lookbacks would have done, from one pass and by comparison alone.</summary>
/// <remarks>Everything that the pass does not vary (schedule, direction, grouping, suppression, learning) is as in the pass's rule.</remarks>
public sealed class WhatIf
{
    private readonly SimulationPass pass;
    private readonly RuleDefinition rule;
    private readonly Dictionary<PassColumn, int> places;
    private readonly int width;
    private readonly int[] windowOf;
    private readonly int[] rowsOf;
    private readonly int[] numbers;

    /// <summary>Asks over a pass.</summary>
    public WhatIf(SimulationPass pass)
    {
        ArgumentNullException.ThrowIfNull(pass);
        this.pass = pass;
        rule = pass.Request.Rule;
        places = pass.Columns.Index().ToDictionary(column => column.Item, column => column.Index);
        Own = new WhatIfSetting(pass.Own, rule.TriggerThreshold);
        Axes = [.. MakeAxes()];
        width = pass.Columns.Count;
        windowOf = [.. pass.Candidates.Select(candidate => candidate.Window)];
        rowsOf = [.. pass.Candidates.Select(candidate => candidate.Rows.Count)];
        numbers = [.. pass.Candidates.SelectMany(candidate => candidate.Counts)];
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
                Math.Clamp(value.Threshold, 0, pass.HighestThreshold),
                places.ContainsKey(new PassColumn(knob, value.Lookback)) ? value.Lookback : Own.Knobs[knob].Lookback))],
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
    public IReadOnlyList<SimulatedRow> Rows(WhatIfSetting setting, int window) => [.. CandidatesOf(window).Where(candidate => Passes(candidate, setting)).SelectMany(candidate => candidate.Rows)];

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
    public int CountOf(Candidate candidate, int knob, TimeSpan lookback)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        return candidate.Counts[places[new PassColumn(knob, lookback)]];
    }

    /// <summary>Whether a candidate's rows are results.</summary>
    public bool Passes(Candidate candidate, WhatIfSetting setting)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(setting);
        for (var knob = 0; knob < setting.Knobs.Count; knob++)
        {
            if (CountOf(candidate, knob, setting.Knobs[knob].Lookback) > Math.Min(setting.Knobs[knob].Threshold, pass.HighestThreshold))
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
    /// <param name="setting">The setting in hand.</param>
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
                var value = axis.Of(setting) + distance;
                if (value < 0 || value > (axis.Knob < 0 ? RuleLimits.GreatestThreshold : pass.HighestThreshold))
                {
                    continue;
                }

                var moved = axis.Set(setting, value);
                foreach (var run in Runs(moved).Where(run => run.Alerts > 0 && runs[run.Window] is { Kind: RunOutcomeKind.NoAlert, IsComplete: true } && noted.Add(run.Window)))
                {
                    misses.Add(new NearMiss(run.Window, run.EndUtc, axis, distance, runs[run.Window].ResultRows, Rows(moved, run.Window)));
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
        for (var place = 0; place < counts.Length; place++)
        {
            var window = pass.Windows[place];
            var (kind, alerts) = fold.Next(window.Range.EndUtc, counts[place], window.HasRows, baselines[place]);
            tell(new SimulatedRun(place, window.Range.EndUtc, kind, kind == RunOutcomeKind.Suppressed ? 0 : counts[place], alerts, place >= firstComplete, RunOutcome.IsHeld(rule, kind, counts[place])));
        }
    }

    private int[] Counts(WhatIfSetting setting)
    {
        var counts = new int[pass.Windows.Count];
        var knobs = setting.Knobs.Count;
        Span<int> columns = stackalloc int[knobs];
        Span<int> limits = stackalloc int[knobs];
        for (var knob = 0; knob < knobs; knob++)
        {
            columns[knob] = places[new PassColumn(knob, setting.Knobs[knob].Lookback)];
            limits[knob] = (int)Math.Min(setting.Knobs[knob].Threshold, pass.HighestThreshold);
        }

        for (var (place, first) = (0, 0); place < windowOf.Length; place++, first += width)
        {
            var isResult = true;
            for (var knob = 0; isResult && knob < knobs; knob++)
            {
                isResult = numbers[first + columns[knob]] <= limits[knob];
            }

            counts[windowOf[place]] += isResult ? rowsOf[place] : 0;
        }

        return counts;
    }

    private IEnumerable<WhatIfAxis> MakeAxes()
    {
        const string rows = "rows";
        foreach (var (place, knob) in pass.Knobs.Index())
        {
            yield return new WhatIfAxis(knob.Threshold.Key, knob.Threshold.Label, rows, place, IsLookback: false, Scale(pass.Own[place].Threshold, pass.HighestThreshold));
        }

        yield return new WhatIfAxis(WhatIfAxis.TriggerKey, "Trigger threshold", "result rows", -1, IsLookback: false, Scale(rule.TriggerThreshold, RuleLimits.GreatestThreshold));
        foreach (var (place, knob) in pass.Knobs.Index())
        {
            if (pass.LookbacksOf(place) is { Count: > 1 } lookbacks)
            {
                yield return new WhatIfAxis(knob.Lookback.Key, knob.Lookback.Label, "", place, IsLookback: true, [.. lookbacks.Select(lookback => lookback.Ticks)]);
            }
        }
    }

    // Every whole number to 50, every fifth to what was asked for, and the rule's own where that lies beyond: what lies between can be asked, and is not drawn.
    private IReadOnlyList<long> Scale(long own, long highest)
    {
        var end = Math.Min(highest, pass.Request.HighestThreshold);
        var values = Enumerable.Range(0, (int)end + 1).Where(value => value <= SimulationRequest.UsualHighestThreshold || value % 5 == 0 || value == end || value == own).Select(value => (long)value);
        return own > end ? [.. values, own] : [.. values];
    }
}
