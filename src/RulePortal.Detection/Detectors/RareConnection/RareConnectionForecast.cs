using RulePortal.Detection.Connections;
using RulePortal.Detection.Scheduling;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.TelemetryText;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>Says when a rare country becomes common, and until when.</summary>
/// <remarks>
/// A country is common in the window that ends at T when more than the threshold of its rows lie in [T - lookback, T - window). So each run of
/// threshold + 1 rows makes it common in the windows that end after its last row plus the window and not after its first row plus the lookback.
/// </remarks>
internal sealed class RareConnectionForecast(RareConnectionSource source, RareConnectionSettings settings, ForecastQuestion question)
{
    /// <summary>Above this threshold the runs are not looked for: nothing the rule finds is rare then.</summary>
    private const int GreatestThreshold = 10_000;

    /// <summary>Rows of a country that are counted although fewer decide.</summary>
    private const int CountedFor = 1_000;

    private const int MoreRows = 5_000;

    private readonly TimeSpan window = settings.Window;
    private readonly TimeSpan lookback = settings.LookbackOfCountry;
    private readonly QuerySchedule schedule = new(question.Rule.QueryFrequency);

    public async Task<BaselineForecast> OfAsync(Subject subject, CancellationToken cancellationToken)
    {
        var country = subject[nameof(VmConnection.RemoteCountry)]!;
        var limit = settings.CountryThreshold;
        var now = TimeRange.Back(question.NowUtc, lookback);
        var cap = Math.Max(limit + 1, CountedFor);
        if (limit > GreatestThreshold)
        {
            return new BaselineForecast(subject, BaselineState.Unknown, 0, IsAtLeast: true, limit, null, null, null, $"{Shown(country)} becomes common with more than {Number(limit)} rows; with so high a threshold that is not looked for.");
        }

        var rows = await source.CountAsync(country, now, cap, cancellationToken);
        var (reached, first, isWhole) = await FirstAsync(country, (int)limit, question.WindowEndUtc, cancellationToken);
        var until = await UntilAsync(country, (int)limit, cancellationToken);
        var state = BaselineState.Found;
        if (until is not null)
        {
            state = first > question.NowUtc ? BaselineState.Becoming : BaselineState.Ordinary;
            if (state is BaselineState.Ordinary && !await IsCommonAsync(country, (int)limit, schedule.FirstEndAfter(question.NowUtc), cancellationToken))
            {
                // It was common, is rare again, and grows once more.
                state = BaselineState.Becoming;
                (reached, first, isWhole) = await FirstAsync(country, (int)limit, question.NowUtc, cancellationToken);
            }
        }

        var forecast = new BaselineForecast(subject, isWhole ? state : BaselineState.Unknown, rows, rows >= cap, limit, state is BaselineState.Found ? null : reached, first, until, "");
        return forecast with { Sentence = Sentence(forecast) };
    }

    /// <summary>The first window after an instant in which the country is common, and the row that makes it so.</summary>
    private async Task<(DateTime? Reached, DateTime? FirstEnd, bool IsWhole)> FirstAsync(string country, int limit, DateTime afterUtc, CancellationToken cancellationToken)
    {
        // So many rows without a run that some window sees lie farther apart than the lookback is long, many times over.
        var most = (8 * (limit + 1)) + MoreRows;
        var range = TimeRange.Back(afterUtc, lookback) with { EndUtc = question.NowUtc };
        var read = await source.ScanAsync(country, range, most, cancellationToken);
        List<DateTime> times = [.. read.Where(each => !each.IsExcluded).Select(each => each.TimeGenerated)];
        for (var row = limit; row < times.Count; row++)
        {
            var seen = times[row] + window;
            // A row at the very start of what a window looks back on is in it, one at its end is not.
            var end = schedule.FirstEndAfter(seen > afterUtc ? seen : afterUtc);
            if (end <= times[row - limit] + lookback)
            {
                return (times[row], end, true);
            }
        }

        return (null, null, read.Count < most);
    }

    /// <summary>No window that ends later finds the country common when no further row comes; null when none of those to come does.</summary>
    private async Task<DateTime?> UntilAsync(string country, int limit, CancellationToken cancellationToken)
    {
        var now = TimeRange.Back(question.NowUtc, lookback);
        if (await source.NthLatestAsync(country, now, limit + 1, cancellationToken) is not { } oldest)
        {
            return null;
        }

        // Almost always the first is it; a lookback hardly longer than the window may lose its oldest row before it has seen the latest.
        var (leaves, last) = (oldest + lookback, schedule.LastEndAt(oldest + lookback));
        for (var end = last; end > question.NowUtc && last - end < lookback; end -= schedule.Frequency)
        {
            if (await IsCommonAsync(country, limit, end, cancellationToken))
            {
                return end == last ? leaves : end;
            }
        }

        return null;
    }

    private async Task<bool> IsCommonAsync(string country, int limit, DateTime endUtc, CancellationToken cancellationToken)
    {
        var baseline = TimeRange.Back(endUtc, lookback, window);
        var known = baseline.EndUtc > question.NowUtc ? baseline with { EndUtc = question.NowUtc } : baseline;
        return await source.CountAsync(country, known, limit + 1L, cancellationToken) > limit;
    }

    private string Sentence(BaselineForecast forecast)
    {
        var name = forecast.Subject.ToString();
        var rows = $"{(forecast.IsAtLeast ? "at least " : "")}{Count(forecast.Rows, "row")} in {DurationText.ForPeople(lookback)}";
        var limit = forecast.Limit;
        return forecast.State switch
        {
            BaselineState.Unknown => $"{name} has {rows}, more than {Number(limit)} make it common; when it became so is not to be found within bounds.",
            BaselineState.Found => Found(),
            BaselineState.Becoming => $"{name} becomes common with the window that ends {Instant(forecast.FirstEndUtc!.Value)}: row {Number(limit + 1)} came at {Instant(forecast.ReachedUtc!.Value)} ({rows}, more than {Number(limit)} make it common). The rule no longer alerts on it then, until {Instant(forecast.UntilUtc!.Value)} when no further row comes.",
            _ => $"{name} is common: the first window that no longer saw it as rare ended {Instant(forecast.FirstEndUtc!.Value)}; row {Number(limit + 1)} had come at {Instant(forecast.ReachedUtc!.Value)} ({rows}, more than {Number(limit)} make it common). The rule no longer alerts on it until {Instant(forecast.UntilUtc!.Value)} when no further row comes.",
        };

        string Found()
        {
            var missing = limit + 1 - forecast.Rows;
            var was = forecast.FirstEndUtc is { } end && end <= question.NowUtc ? $" It was common from the window that ended {Instant(end)} on, and is rare again." : "";
            return missing > 0
                ? $"{name} is still rare: {rows}. {(missing == 1 ? "1 more row makes" : $"{Number(missing)} more rows make")} it common.{was}"
                : $"{name} is still rare: {rows}, but no window to come looks back on more than {Number(limit)} of them.{was}";
        }
    }
}
