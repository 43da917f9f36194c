using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Ledger;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Triggers;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Alerts a day as saved and in hand.</summary>
public sealed partial class DayCard
{
    // Blue and orange: told apart by everybody, in the dark as well.
    private readonly BarChartOptions options = new() { YAxisTicks = 1, YAxisLines = true, ChartPalette = ["#5b8fc7", "#c77700"] };
    private List<ChartSeries<double>> series = [];
    private string[] labels = [];
    private List<DayRow> days = [];

    [Parameter]
    [EditorRequired]
    public required TuningSession Session { get; set; }

    protected override void OnParametersSet()
    {
        days =
        [
            .. Session.SavedRuns.Zip(Session.Runs)
                .GroupBy(pair => pair.Second.EndUtc.AddTicks(-1).Date)
                .Select(day => new DayRow(
                    day.Key,
                    day.Sum(pair => Counted(pair.First)),
                    day.Sum(pair => Counted(pair.Second)),
                    day.Count(pair => !pair.Second.IsComplete && pair.Second.Kind != RunOutcomeKind.NoData),
                    day.Count(pair => pair.Second.Kind == RunOutcomeKind.NoData))),
        ];
        series =
        [
            new ChartSeries<double> { Name = "As saved", Data = days.Select(day => (double)day.Saved).ToArray() },
            new ChartSeries<double> { Name = "In hand", Data = days.Select(day => (double)day.Here).ToArray() },
        ];
        labels = [.. days.Select((day, place) => place % 5 == 0 ? day.Day.ToString("MM-dd", CultureInfo.InvariantCulture) : "")];
        options.YAxisTicks = Math.Max(1, (int)Math.Ceiling(days.Select(day => Math.Max(day.Saved, day.Here)).DefaultIfEmpty().Max() / 4.0));
    }

    private static int Counted(SimulatedRun run) => run.IsComplete ? run.Alerts : 0;

    private sealed record DayRow(DateTime Day, int Saved, int Here, int Incomplete, int NoData);
}
