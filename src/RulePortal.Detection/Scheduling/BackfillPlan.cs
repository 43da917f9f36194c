using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Scheduling;

/// <summary>Which windows a person's wish to fill a span comes to: those of the schedule that share time with it and have ended.</summary>
/// <param name="Schedule">The rule's QueryFrequency now in force.</param>
/// <param name="Span">What was asked for; need not begin or end where a window does. UTC.</param>
/// <param name="LatestEndUtc">No window ends later: what ended just now is left to the schedule. UTC.</param>
public sealed record BackfillPlan(QuerySchedule Schedule, TimeRange Span, DateTime LatestEndUtc)
{
    /// <summary>The windows, oldest first.</summary>
    /// <returns>A sequence made as it is read; empty when no window fits.</returns>
    public IEnumerable<TimeRange> Windows()
    {
        var stop = Span.EndUtc < LatestEndUtc ? Span.EndUtc : LatestEndUtc;
        for (var end = Schedule.FirstEndAfter(Span.StartUtc); end <= LatestEndUtc && end - Schedule.Frequency < stop; end += Schedule.Frequency)
        {
            yield return new TimeRange(end - Schedule.Frequency, end);
        }
    }
}
