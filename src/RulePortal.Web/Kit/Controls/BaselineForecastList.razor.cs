using Microsoft.AspNetCore.Components;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Kit.Controls;

/// <summary>When what a window found becomes part of its rule's own baseline; nothing for a rule that has no such thing.</summary>
public sealed partial class BaselineForecastList : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private (Guid, DateTime, int)? asked;
    private BaselineForecasts? forecasts;
    private bool failed;

    [Inject]
    public required BaselineForecaster Forecaster { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required ILogger<BaselineForecastList> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public required Guid RuleId { get; set; }

    /// <summary>End of the window that found it. UTC.</summary>
    [Parameter]
    [EditorRequired]
    public required DateTime WindowEndUtc { get; set; }

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<Subject> Subjects { get; set; }

    /// <summary>Another number asks for another read.</summary>
    [Parameter]
    public int Version { get; set; }

    [Parameter]
    public string Class { get; set; } = "card";

    public void Dispose()
    {
        Clock.Ticked -= OnTick;
        closed.Cancel();
        closed.Dispose();
    }

    protected override void OnInitialized() => Clock.Ticked += OnTick;

    protected override async Task OnParametersSetAsync()
    {
        if (asked != (RuleId, WindowEndUtc, Version))
        {
            forecasts = asked is { } before && before.Item1 == RuleId && before.Item2 == WindowEndUtc ? forecasts : null;
            asked = (RuleId, WindowEndUtc, Version);
            await LoadAsync();
        }
    }

    private static string Word(BaselineState state) => state switch
    {
        BaselineState.Found => "Still found",
        BaselineState.Becoming => "Soon no longer",
        BaselineState.Ordinary => "No longer found",
        _ => "Not known",
    };

    private static string Tone(BaselineState state) => state switch
    {
        BaselineState.Found => "good",
        BaselineState.Becoming => "warn",
        BaselineState.Ordinary => "bad",
        _ => "quiet",
    };

    private void OnTick(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        if (forecasts is not null && !closed.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    private async Task LoadAsync()
    {
        try
        {
            forecasts = await Forecaster.OfAsync(RuleId, WindowEndUtc, Subjects, closed.Token);
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = forecasts is null;
            Log.ReadFailed(Logger, RuleId, WindowEndUtc, e);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "How long rule {Rule} still finds what the window to {WindowEnd:O} found could not be read.")]
        public static partial void ReadFailed(ILogger logger, Guid rule, DateTime windowEnd, Exception exception);
    }
}
