using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.JSInterop;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Tuning.Marks;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Features.Tuning;

/// <summary>What would another setting have done?</summary>
public sealed partial class TuningPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private CancellationTokenSource? pass;
    private RuleSnapshot? rule;
    private TuningSession? session;
    private IReadOnlyList<QueryFault> faults = [];
    private SimulationProgress progress;
    private string? problem;
    private bool failed;
    private bool missing;
    private bool running;
    private Guid simulated;
    private AlertMark? mark;
    private long? sought;
    private string? unmarked;
    private bool toReveal = true;

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required RuleSimulator Simulator { get; set; }

    [Inject]
    public required LabelQueries Labels { get; set; }

    [Inject]
    public required RulePins Pins { get; set; }

    [Inject]
    public required DetectorCatalog Detectors { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required AlertDetailQueries Alerts { get; set; }

    [Inject]
    public required IJSRuntime Js { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required ILogger<TuningPage> Logger { get; set; }

    [Parameter]
    public Guid Id { get; set; }

    private TuningView View { get; set; } = new();

    private string Title => rule is null ? "Tuning" : $"Tuning: {rule.Definition.Name}";

    private string? Subtitle => session is null ? null
        : $"{Words.Count(session.Pass.Windows.Count, "window")} up to {UtcTime.Exact(session.Pass.Request.Span.EndUtc)}, compared with version {rule!.Version} as saved";

    private double Percent => progress.Total == 0 ? 0 : 100.0 * progress.Done / progress.Total;

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        closed.Cancel();
        closed.Dispose();
    }

    protected override void OnInitialized() => Navigation.LocationChanged += OnLocationChanged;

    protected override Task OnParametersSetAsync()
    {
        (View, faults) = TuningViewReader.Read(new Uri(Navigation.Uri));
        return simulated == Id ? Task.CompletedTask : RunAsync();
    }

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        var address = new Uri(e.Location);
        if (address.AbsolutePath != PortalUrls.Tuning(Id))
        {
            return;
        }

        _ = InvokeAsync(async () =>
        {
            var before = View;
            (View, faults) = TuningViewReader.Read(address);
            var sameSpan = before.Days == View.Days && before.Highest == View.Highest && (View.ToUtc is null ? before.ToUtc is null : View.ToUtc == session?.Pass.Request.Span.EndUtc);
            if (!sameSpan)
            {
                await RunAsync();
            }
            else
            {
                session?.Show(View);
                await MarkAsync(closed.Token);
            }

            StateHasChanged();
        });
    }

    /// <summary>What an address points at is on the page only when the pass is made.</summary>
    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (toReveal && session is not null && !running)
        {
            toReveal = false;
            if (new Uri(Navigation.Uri).Fragment is { Length: > 1 } fragment)
            {
                await Js.InvokeVoidAsync("portal.reveal", fragment);
            }
        }
    }

    private string Link(TuningView view) => PortalUrls.Tuning(Id, view with { ToUtc = session?.Pass.Request.Span.EndUtc ?? view.ToUtc });

    private string WindowLink(DateTime endUtc) => Link(View with { WindowUtc = endUtc }) + "#window";

    private void Go(TuningView view) => Navigation.NavigateTo(Link(view), replace: true);

    /// <summary>While a slider is dragged: answered at once, the address follows when it is let go.</summary>
    private void Move(WhatIfSetting setting) => session?.Answer(setting, View);

    private void MoveAsync(WhatIfSetting setting) => Go(View with { Values = session!.Values(setting) });

    private void ResetAsync() => Go(View with { Values = new Dictionary<string, string>(StringComparer.Ordinal) });

    private void Compare(TuningView view) => Navigation.NavigateTo(Link(view) + "#versions", replace: true);

    private void CurveAsync(string key) => Go(View with { Curve = key });

    private void AxesAsync((string? Across, string? Down) axes) => Go(View with { Across = axes.Across, Down = axes.Down });

    private void AskAsync((DateTime EndUtc, string? Entity) asked) => Go(View with { WindowUtc = asked.EndUtc, Entity = asked.Entity });

    private void SpanAsync(ChangeEventArgs e)
    {
        if (int.TryParse(e.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var days))
        {
            Navigation.NavigateTo(PortalUrls.Tuning(Id, View with { Days = days, WindowUtc = null }));
        }
    }

    private void HighestAsync(ChangeEventArgs e)
    {
        if (int.TryParse(e.Value?.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var highest))
        {
            Go(View with { Highest = Math.Clamp(highest, SimulationRequest.UsualHighestThreshold, TuningViewReader.HighestThreshold) });
        }
    }

    private Task AgainAsync()
    {
        if (View.ToUtc is null)
        {
            return RunAsync();
        }

        Navigation.NavigateTo(PortalUrls.Tuning(Id, View with { ToUtc = null, WindowUtc = null }));
        return Task.CompletedTask;
    }

    private void CancelPass() => pass?.Cancel();

    private async Task RunAsync()
    {
        simulated = Id;
        pass?.Cancel();
        using var mine = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        pass = mine;
        (running, failed, missing, problem, session, progress) = (true, false, false, null, null, default);
        try
        {
            rule = await Rules.FindAsync(Id, mine.Token);
            missing = rule is null;
            if (rule is not null)
            {
                await SimulateAsync(rule, mine.Token);
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            problem = pass == mine ? "It was cancelled." : problem;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = true;
            Log.SimulationFailed(Logger, Id, e);
        }
        finally
        {
            if (pass == mine)
            {
                (pass, running) = (null, false);
            }
        }
    }

    private async Task SimulateAsync(RuleSnapshot saved, CancellationToken cancellationToken)
    {
        var span = TimeRange.Back(View.ToUtc ?? Clock.UtcNow, TimeSpan.FromDays(View.Days));
        if (!Detectors.TryBind(saved.Definition, out var bound, out var faults))
        {
            problem = string.Join(' ', faults.Select(fault => fault.Message));
            return;
        }

        var request = RuleSimulator.WithUsualLookbacks(new SimulationRequest { Rule = bound, Span = span, AlertsOf = saved.Id, HighestThreshold = View.Highest });
        var result = await Simulator.SimulateAsync(request, new EveryTenth(Draw), cancellationToken);
        if (result.WhatIf is not { } whatIf)
        {
            problem = string.Join(' ', result.Errors.Select(error => error.Message));
            return;
        }

        var labels = new AlertLabels(await Labels.ListAsync(Id, span, cancellationToken));
        session = new TuningSession(whatIf, labels, await Pins.ListAsync(Id, cancellationToken), bound.Advice, result.Elapsed);
        session.Show(View);
        await MarkAsync(cancellationToken);
    }

    /// <summary>Reads the alert that the address marks, once.</summary>
    private async Task MarkAsync(CancellationToken cancellationToken)
    {
        if (sought == View.AlertId)
        {
            return;
        }

        sought = View.AlertId;
        var facts = sought is { } id ? await Alerts.MarkAsync(id, cancellationToken) : null;
        mark = facts?.RuleId == Id ? new AlertMark(facts!, session!.Pass.Request.Rule.Detector.NamingColumns) : null;
        unmarked = sought is null || mark is not null ? null : facts is null ? $"There is no alert {sought}, so nothing is marked." : $"Alert {sought} is of another rule, so nothing is marked.";
    }

    private void Draw(SimulationProgress value) => _ = InvokeAsync(() =>
    {
        progress = value;
        StateHasChanged();
    });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The simulation of the rule {Rule} failed.")]
        public static partial void SimulationFailed(ILogger logger, Guid rule, Exception exception);
    }
}
