using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Scheduling;

namespace RulePortal.Detection.Simulation;

/// <summary>What to simulate: a rule as it would be, over the windows of a past span.</summary>
public sealed record SimulationRequest
{
    /// <summary>Highest threshold that a what-if moves a knob to, unless the rule's own is higher.</summary>
    public const int UsualHighestThreshold = 50;

    /// <summary>The rule, with the settings to simulate.</summary>
    public required RuleDefinition Rule { get; init; }

    /// <summary>The windows that end after its start and not after its end are evaluated. UTC.</summary>
    public required TimeRange Span { get; init; }

    /// <summary>The stored rule whose alerts are kept out of the baseline where <see cref="Rule"/> wants that; null for none.</summary>
    /// <remarks>The alerts are taken as they stand when the simulation begins, for every window of the span: what a person closed meanwhile counts in all of them.</remarks>
    public Guid? AlertsOf { get; init; }

    /// <summary>Thresholds up to this can be asked about after the pass.</summary>
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
        var schedule = new QuerySchedule(Rule.QueryFrequency);
        for (var end = schedule.FirstEndAfter(Span.StartUtc); end <= Span.EndUtc; end += schedule.Frequency)
        {
            yield return end;
        }
    }

    /// <summary>A knob's lookbacks: the rule's own and those asked for, shortest first, without those that do not reach past the window.</summary>
    public IReadOnlyList<TimeSpan> LookbacksOf(ThresholdKnob knob, KnobValue own, TimeSpan window)
    {
        ArgumentNullException.ThrowIfNull(knob);
        var asked = Lookbacks.TryGetValue(knob.Lookback.Key, out var more) ? more : [];
        return [.. asked.Where(lookback => lookback > window).Append(own.Lookback).Distinct().Order()];
    }
}
