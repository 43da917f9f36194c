using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Scheduling;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Detectors;

/// <summary>What to simulate: a rule as it would be, over the windows of a past span.</summary>
public sealed record SimulationRequest
{
    /// <summary>Highest threshold that a what-if moves a knob to, unless the rule's own is higher.</summary>
    public const int UsualHighestThreshold = 50;

    /// <summary>The rule, with the settings to simulate.</summary>
    public required BoundRule Rule { get; init; }

    /// <summary>The windows that end after its start and not after its end are evaluated. UTC.</summary>
    public required TimeRange Span { get; init; }

    /// <summary>The stored rule whose alerts are excluded from the baseline where <see cref="Rule"/> wants that; null for none.</summary>
    /// <remarks>
    /// The alerts are taken as they stand when the simulation begins, for every window of the span: what a person closed since counts in all of them.
    /// </remarks>
    public Guid? AlertsOf { get; init; }

    /// <summary>Thresholds that let numbers through up to them can be asked about up to this after the pass.</summary>
    /// <value>Default 50; the rule's own thresholds can always be asked about.</value>
    public int HighestThreshold { get; init; } = UsualHighestThreshold;

    /// <summary>Lookbacks that can be asked about beside the rule's own, by the key of their setting, such as <c>countryLookback</c>.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<TimeSpan>> Lookbacks { get; init; } = new Dictionary<string, IReadOnlyList<TimeSpan>>(StringComparer.Ordinal);

    /// <summary>Most result rows held, over all windows and settings.</summary>
    /// <value>Default 250,000.</value>
    public int MostRows { get; init; } = 250_000;

    /// <summary>The ends of the windows, oldest first: the multiples of QueryFrequency that the scheduler uses.</summary>
    public IEnumerable<DateTime> WindowEnds()
    {
        var schedule = new QuerySchedule(Rule.Definition.QueryFrequency);
        for (var end = schedule.FirstEndAfter(Span.StartUtc); end <= Span.EndUtc; end += schedule.Frequency)
        {
            yield return end;
        }
    }

    /// <summary>A knob's lookbacks: the rule's own and those asked for, shortest first, without those that do not reach past the window.</summary>
    /// <param name="knob">The knob's position in the detector's list.</param>
    public IReadOnlyList<TimeSpan> LookbacksOf(int knob)
    {
        var lookback = Rule.Detector.Knobs[knob].Lookback;
        var asked = lookback is not null && Lookbacks.TryGetValue(lookback.Key, out var more) ? more : [];
        return [.. asked.Where(each => each > Rule.Reach.CurrentWindow).Append(Rule.Knobs[knob].Lookback).Distinct().Order()];
    }

    /// <summary>The thresholds of a knob that the pass has to answer for; numbers beyond need not be told apart.</summary>
    /// <param name="knob">The knob's position in the detector's list.</param>
    /// <remarks>Of a knob that passes what is at least its threshold, candidates are kept down to a quarter of the rule's own.</remarks>
    public (long Least, long Greatest) Thresholds(int knob)
    {
        var (setting, own) = (Rule.Detector.Knobs[knob].Threshold, Rule.Knobs[knob].Threshold);
        return setting.Passes == Passes.AtLeast
            ? (Math.Max(setting.Least, own / 4), setting.Greatest)
            : (setting.Least, Math.Min(int.MaxValue - 1, Math.Max(HighestThreshold, Rule.Knobs.Zip(Rule.Detector.Knobs)
                .Where(each => each.Second.Passes == Passes.AtMost).Select(each => each.First.Threshold).DefaultIfEmpty().Max())));
    }
}

/// <summary>Counts the result rows that a simulation keeps.</summary>
/// <param name="request">Says how many there may be.</param>
public sealed class RowBudget(SimulationRequest request)
{
    private int held;

    /// <summary>Keeps more rows.</summary>
    /// <exception cref="SimulationLimitException">There are more than <see cref="SimulationRequest.MostRows"/>.</exception>
    public void Hold(int rows)
    {
        held += rows;
        if (held > request.MostRows)
        {
            throw new SimulationLimitException($"The simulation has more than {Words.Number(request.MostRows)} result rows; choose a shorter span, or lower thresholds.");
        }
    }
}
