using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.JSInterop;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Alerts at every pair of two settings: a table whose cells are shaded, so that it is its own text.</summary>
public sealed partial class HeatCard
{
    private WhatIfAxis? across;
    private WhatIfAxis? down;
    private int most;
    private bool stepped;

    [Inject]
    public required IJSRuntime Js { get; set; }

    [Parameter]
    [EditorRequired]
    public required TuningSession Session { get; set; }

    [Parameter]
    [EditorRequired]
    public required TuningView View { get; set; }

    [Parameter]
    public EventCallback<(string? Across, string? Down)> OnAxes { get; set; }

    [Parameter]
    public EventCallback<WhatIfSetting> OnMoved { get; set; }

    protected override void OnParametersSet()
    {
        (across, down) = (Session.Across(View), Session.Down(View));
        most = Math.Max(1, Session.Map?.Cells.Max(cell => cell.Alerts) ?? 1);
    }

    /// <summary>The arrow keys no longer scroll, so the cell they chose is brought into sight.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (stepped)
        {
            stepped = false;
            await Js.InvokeVoidAsync("portal.reveal", ".heat-here");
        }
    }

    private Task Turn(ChangeEventArgs e, bool isAcross)
    {
        var key = e.Value?.ToString();
        return OnAxes.InvokeAsync(isAcross ? (key, down?.Key) : (across?.Key, key));
    }

    private Task SetAsync(int column, int row)
    {
        var map = Session.Map!;
        return OnMoved.InvokeAsync(map.Down.Set(map.Across.Set(Session.Setting, map.Across.Values[column]), map.Down.Values[row]));
    }

    private Task StepAsync(KeyboardEventArgs e)
    {
        var (right, below) = e.Key switch { "ArrowLeft" => (-1, 0), "ArrowRight" => (1, 0), "ArrowUp" => (0, -1), "ArrowDown" => (0, 1), _ => (0, 0) };
        if ((right, below) == (0, 0) || Session.Map is not { } map)
        {
            return Task.CompletedTask;
        }

        var column = Math.Clamp(PlaceOf(map.Across, Session.Setting) + right, 0, map.Across.Values.Count - 1);
        var row = Math.Clamp(PlaceOf(map.Down, Session.Setting) + below, 0, map.Down.Values.Count - 1);
        stepped = true;
        return SetAsync(column, row);
    }

    private string Class(int column, int row)
    {
        var map = Session.Map!;
        var isHere = PlaceOf(map.Across, Session.Setting) == column && PlaceOf(map.Down, Session.Setting) == row;
        var isSaved = PlaceOf(map.Across, Session.WhatIf.Own) == column && PlaceOf(map.Down, Session.WhatIf.Own) == row;
        return $"heat-cell{(isHere ? " heat-here" : "")}{(isSaved ? " heat-saved" : "")}";
    }

    // One hue from pale to full: what matters is read from the number, so colour blindness loses nothing. Half of full is where text still stands out.
    private string Shade(int alerts) => string.Create(CultureInfo.InvariantCulture, $"--heat: {Math.Round(45.0 * alerts / most)}%");

    private string Tip(int column, int row)
    {
        var map = Session.Map!;
        var cell = map[column, row];
        return $"{map.Across.Label} {map.Across.Text(map.Across.Values[column])}, {map.Down.Label.ToLowerInvariant()} {map.Down.Text(map.Down.Values[row])}: {Words.Count(cell.Alerts, "alert")}, {Words.Count(cell.ResultRows, "result row")}"
            + (cell.Incomplete > 0 ? $", {Words.Count(cell.Incomplete, "incomplete window")}" : "");
    }

    private static int PlaceOf(WhatIfAxis axis, WhatIfSetting setting)
    {
        var value = axis.Of(setting);
        var place = axis.Values.Index().Where(one => one.Item <= value).Select(one => one.Index).LastOrDefault();
        return place;
    }
}
