using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Triggers;

/// <summary>How much of the past that a rule compares with is there.</summary>
/// <param name="DaysPresent">Days that have any row.</param>
/// <param name="DaysLookedBack">Days of the baseline, a part of a day counted whole.</param>
public readonly record struct BaselineFullness(int DaysPresent, int DaysLookedBack)
{
    /// <summary>Looks which days of a baseline have rows. A day is 24 hours, counted back from the baseline's end.</summary>
    public static async Task<BaselineFullness> MeasureAsync(IRowPresence history, TimeRange baseline, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(history);
        var (present, days) = (0, 0);
        for (var end = baseline.EndUtc; end > baseline.StartUtc; days++)
        {
            var day = TimeRange.Back(end, TimeSpan.FromDays(1));
            end = day.StartUtc > baseline.StartUtc ? day.StartUtc : baseline.StartUtc;
            present += await history.AnyAsync(day with { StartUtc = end }, cancellationToken) ? 1 : 0;
        }

        return new BaselineFullness(present, days);
    }

    /// <summary>Days that must be present before the rule raises alerts: the learning period, but never more than the baseline has.</summary>
    public int DaysNeeded(TimeSpan learningPeriod) => Math.Min(DaysLookedBack, (int)Math.Ceiling(learningPeriod.TotalDays));

    /// <summary>Whether the rule is still learning.</summary>
    public bool IsLearning(TimeSpan learningPeriod) => DaysPresent < DaysNeeded(learningPeriod);
}
