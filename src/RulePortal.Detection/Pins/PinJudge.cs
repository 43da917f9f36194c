using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Scheduling;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Pins;

/// <summary>Judges whether a definition does what a pin demands, window by window of the pinned alert.</summary>
/// <remarks>
/// <para>The alert fires when the window's result rows meet the trigger and at least one of the alert's own rows is a result for each subject of the alert:
/// the same row by name (group key), whatever its sums. An alert without rows fires when the trigger is met. One alert in all and one alert a row are
/// judged alike, as both raise every result row of a window that fires.</para>
/// <para>Must-fire holds when the alert fires in each of its windows; must-not-fire when none of its rows is raised in any of them. Only what is detected and triggers is
/// judged: the silence after a neighbour's alert and the learning period say nothing of the alert itself.</para>
/// <para>It cannot be told where the definition has no such window (another frequency or window length), where a lookback reaches before the oldest record, and where the
/// alert's connections are gone.</para>
/// </remarks>
public static class PinJudge
{
    /// <summary>Judges one window.</summary>
    /// <param name="kind">What the pin demands.</param>
    /// <param name="window">The window.</param>
    /// <param name="whatIf">A pass of the definition, over a span that should have the window.</param>
    /// <param name="setting">The setting to judge.</param>
    public static PinVerdict Judge(PinKind kind, PinnedWindow window, WhatIf whatIf, WhatIfSetting setting)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(whatIf);
        ArgumentNullException.ThrowIfNull(setting);
        var pass = whatIf.Pass;
        if (Mismatch(window, pass.Request.Rule.Definition, pass.CurrentWindow) is { } mismatch)
        {
            return PinVerdict.Unknown(mismatch);
        }

        if (WindowOf(pass, window.Range.EndUtc) is not { } index)
        {
            return PinVerdict.Unknown("Its window lies outside this span.");
        }

        var lookback = pass.LookbackOf(setting.Knobs);
        if (!pass.IsComplete(index, lookback))
        {
            return PinVerdict.Unknown(pass.OldestUtc is { } oldest
                ? $"The lookback of {DurationText.ForPeople(lookback)} reaches before the oldest record, of {Instant(oldest)}."
                : "No connections are stored.");
        }

        return window.Gone.Count > 0
            ? PinVerdict.Unknown($"Its connections with {Names(window.Gone)} are not stored any more.")
            : new Verdict(window, whatIf, setting, index).Of(kind);
    }

    /// <summary>Why a definition has no such window, or null when it has.</summary>
    /// <param name="window">The alert's window.</param>
    /// <param name="rule">The definition.</param>
    /// <param name="length">How long its detector's windows are.</param>
    public static string? Mismatch(PinnedWindow window, RuleDefinition rule, TimeSpan length)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(rule);
        return new QuerySchedule(rule.QueryFrequency).LastEndAt(window.Range.EndUtc) != window.Range.EndUtc
                ? $"No window ends at {Instant(window.Range.EndUtc)} when the rule runs every {DurationText.ForPeople(rule.QueryFrequency)}."
            : window.Range.Length != length
                ? $"The alert's window is {DurationText.ForPeople(window.Range.Length)} long, and the definition's windows are {DurationText.ForPeople(length)}."
            : null;
    }

    private static int? WindowOf(SimulationPass pass, DateTime endUtc)
    {
        if (pass.Windows.Count == 0)
        {
            return null;
        }

        var index = (endUtc - pass.Windows[0].Range.EndUtc).Ticks / pass.Request.Rule.Definition.QueryFrequency.Ticks;
        return index >= 0 && index < pass.Windows.Count && pass.Windows[(int)index].Range.EndUtc == endUtc ? (int)index : null;
    }

    private static string Names(IReadOnlyList<Subject> subjects)
    {
        const int most = 3;
        var names = string.Join(", ", subjects.Take(most));
        return subjects.Count > most ? $"{names} and {Number(subjects.Count - most)} more" : names;
    }

    /// <summary>One window at one setting.</summary>
    private sealed class Verdict
    {
        private readonly WhatIf whatIf;
        private readonly WhatIfSetting setting;
        private readonly int index;
        private readonly PinnedWindow window;
        private readonly TriggerCondition trigger;
        private readonly int results;
        private readonly bool fires;
        private readonly IReadOnlyList<PinnedRow> found;

        public Verdict(PinnedWindow window, WhatIf whatIf, WhatIfSetting setting, int index)
        {
            (this.window, this.whatIf, this.setting, this.index) = (window, whatIf, setting, index);
            var rule = whatIf.Pass.Request.Rule.Definition;
            var rows = whatIf.Rows(setting, index);
            var keys = rows.Select(row => row.GroupKey).ToHashSet(StringComparer.Ordinal);
            trigger = new TriggerCondition(rule.TriggerOperator, setting.TriggerThreshold);
            results = rows.Count;
            fires = AlertGrouping.Count(rule.EventGrouping, trigger, results) > 0;
            found = [.. window.Rows.Where(row => keys.Contains(row.GroupKey))];
        }

        public PinVerdict Of(PinKind kind)
        {
            var missing = window.Rows.Select(row => row.Subject).Except(found.Select(row => row.Subject)).ToList();
            var isRaised = fires && (window.Rows.Count == 0 || (kind is PinKind.MustFire ? missing.Count == 0 : found.Count > 0));
            return new PinVerdict(isRaised == (kind is PinKind.MustFire) ? PinStanding.Holds : PinStanding.Breaks, Sentence(isRaised, missing));
        }

        private string Sentence(bool isRaised, List<Subject> missing)
        {
            var counted = $"The window has {Count(results, "result row")} and {(fires ? "fires on" : "does not fire, as it takes")} {trigger}.";
            if (isRaised)
            {
                return window.Rows.Count == 0
                    ? $"It is raised. {counted}"
                    : $"{Number(found.Count)} of its {Count(window.Rows.Count, "row")} {(found.Count == 1 ? "is" : "are")} raised ({Names([.. found.Select(row => row.Subject).Distinct()])}). {counted}";
            }

            return missing.Count == 0
                ? counted
                : $"{Names(missing)} {(missing.Count == 1 ? "is" : "are")} not among the result rows: {Dropped(missing[0])}. {counted}";
        }

        /// <summary>Which step drops a subject, with its numbers.</summary>
        private string Dropped(Subject subject)
        {
            var pass = whatIf.Pass;
            var candidate = whatIf.CandidatesOf(index).FirstOrDefault(candidate => candidate.Rows.Any(row => row.Subject == subject));
            if (candidate is null)
            {
                return pass.Knobs.Count == 0 ? "the detector does not find it"
                    : pass.Knobs.Any(knob => knob.Passes == Passes.AtLeast)
                        ? "it is far from a threshold, or the rule does not look at its rows"
                    : $"it had more than {Number(pass.Thresholds(0).Greatest)} rows in a lookback, or the rule does not look at its rows";
            }

            foreach (var (number, knob) in pass.Knobs.Index())
            {
                var (threshold, lookback) = (setting.Knobs[number].Threshold, setting.Knobs[number].Lookback);
                var count = whatIf.NumberOf(candidate, number, lookback);
                if (!knob.Lets(count, threshold))
                {
                    var (_, greatest) = pass.Thresholds(number);
                    var counted = count > greatest ? $"more than {Number(greatest)} {knob.Threshold.Unit}" : $"{Number(count)} {(count == 1 ? knob.Threshold.Unit.TrimEnd('s') : knob.Threshold.Unit)}";
                    var within = knob.Lookback is null ? "" : $" in {DurationText.ForPeople(lookback)}";
                    var bound = knob.Passes == Passes.AtLeast ? $"asks for {Number(threshold)}" : $"lets {Number(threshold)} through";
                    return $"it had {counted}{within}, and the {knob.Threshold.Label.ToLowerInvariant()} {bound}";
                }
            }

            return "no row of the alert's names is found";
        }
    }
}

/// <summary>A result row of a pinned alert, by name.</summary>
/// <param name="GroupKey">The finding's <see cref="Finding.GroupKey"/>: process, host, addresses and what else the query groups by.</param>
/// <param name="Subject">What it is about.</param>
public sealed record PinnedRow(string GroupKey, Subject Subject);

/// <summary>A window of a pinned alert.</summary>
/// <param name="Range">What the detector looked at.</param>
/// <param name="Rows">The alert's rows; empty when its trigger held on none.</param>
/// <param name="Gone">Subjects of those rows that have no connection in the window any more, as after a withdrawal.</param>
public sealed record PinnedWindow(TimeRange Range, IReadOnlyList<PinnedRow> Rows, IReadOnlyList<Subject> Gone);
