using Microsoft.AspNetCore.Components;
using RulePortal.Data.Overview;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Features.Overview;

/// <summary>What needs me now?</summary>
public sealed partial class OverviewPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private OverviewNumbers? numbers;
    private OverviewHealth? health;
    private bool failed;

    [Inject]
    public required OverviewQueries Queries { get; set; }

    [Inject]
    public required AlertsChanged Changes { get; set; }

    [Inject]
    public required ILogger<OverviewPage> Logger { get; set; }

    private IReadOnlyList<TopItem> Rules =>
    [
        .. numbers!.TopRules.Select(rule => new TopItem(rule.Rule.Name, rule.Alerts, PortalUrls.Alerts(Recent with { Rules = [rule.Rule.Id] }))),
    ];

    private AlertsView Recent => new() { FromUtc = numbers!.SinceUtc };

    public void Dispose()
    {
        Changes.Changed -= OnAlertsChanged;
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Changes.Changed += OnAlertsChanged;
        await ReadAsync();
    }

    private IReadOnlyList<TopItem> Entities(EntityType type, IEnumerable<EntityCount> counts) =>
        [.. counts.Select(count => new TopItem(count.Value, count.Alerts, PortalUrls.Alerts(Recent with { Entity = new FindingEntity(type, count.Value) })))];

    private void OnAlertsChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await ReadAsync();
        StateHasChanged();
    });

    private async Task ReadAsync()
    {
        try
        {
            failed = false;
            health = await Queries.HealthAsync(closed.Token);
            numbers = await Queries.ReadAsync(closed.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException and not ObjectDisposedException)
        {
            Log.ReadFailed(Logger, e);
            failed = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The overview could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);
    }
}
