using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Connections;

/// <summary>Rows an hour over the last days, with the hours that have none said in words.</summary>
public sealed partial class VolumeChart
{
    /// <summary>Days shown.</summary>
    public const int Days = 7;

    private const int NamedGaps = 5;

    private readonly BarChartOptions options = new() { YAxisTicks = 1000, YAxisLines = true };
    private List<ChartSeries<double>> series = [];
    private string[] labels = [];
    private List<TimeRange> gaps = [];
    private List<DayRow> days = [];

    /// <summary>The hours that have rows.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<ConnectionHour> Hours { get; set; }

    [Parameter]
    [EditorRequired]
    public DateTime NowUtc { get; set; }

    private string Sentence => gaps.Count == 0
        ? "Every complete hour has rows."
        : $"{Words.Count(gaps.Sum(gap => (int)gap.Length.TotalHours), "hour")} without any row: {string.Join("; ", gaps.TakeLast(NamedGaps).Select(Name))}{(gaps.Count > NamedGaps ? $"; and {gaps.Count - NamedGaps} earlier gaps" : "")}.";

    /// <summary>The span shown: whole hours, the present one included.</summary>
    public static TimeRange Span(DateTime nowUtc)
    {
        var end = nowUtc.Date.AddHours(nowUtc.Hour + 1);
        return new TimeRange(end.AddDays(-Days), end);
    }

    protected override void OnParametersSet()
    {
        var span = Span(NowUtc);
        var rows = Hours.ToDictionary(hour => hour.HourUtc, hour => hour.Rows);
        var hours = Enumerable.Range(0, Days * 24).Select(index => span.StartUtc.AddHours(index)).ToList();
        var values = hours.Select(hour => (double)rows.GetValueOrDefault(hour)).ToArray();
        series = [new ChartSeries<double> { Name = "Rows an hour", Data = values }];
        labels = [.. hours.Select(hour => hour.Hour == 0 ? hour.ToString("MM-dd", CultureInfo.InvariantCulture) : "")];
        options.YAxisTicks = Math.Max(1, (int)Math.Ceiling(values.Max() / 4));
        days = [.. hours.GroupBy(hour => hour.Date).OrderByDescending(day => day.Key).Select(day => new DayRow(day.Key, day.Sum(hour => rows.GetValueOrDefault(hour)), day.Count(rows.ContainsKey), day.Count()))];
        gaps = Gaps(hours.Where(hour => hour.AddHours(1) <= NowUtc), rows);
    }

    /// <summary>Hours without rows, neighbours taken together.</summary>
    private static List<TimeRange> Gaps(IEnumerable<DateTime> complete, Dictionary<DateTime, long> rows)
    {
        List<TimeRange> found = [];
        foreach (var hour in complete.Where(hour => !rows.ContainsKey(hour)))
        {
            if (found.Count > 0 && found[^1].EndUtc == hour)
            {
                found[^1] = found[^1] with { EndUtc = hour.AddHours(1) };
            }
            else
            {
                found.Add(new TimeRange(hour, hour.AddHours(1)));
            }
        }

        return found;
    }

    private static string Name(TimeRange gap) => string.Create(CultureInfo.InvariantCulture, $"{gap.StartUtc:MM-dd HH:mm} to {gap.EndUtc:MM-dd HH:mm} UTC");

    private sealed record DayRow(DateTime Day, long Rows, int Hours, int Of);
}
