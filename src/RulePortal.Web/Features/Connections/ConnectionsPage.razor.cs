using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Analytics;
using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;
using RulePortal.Web.Components;
using RulePortal.Web.Security;
using RulePortal.Web.Shell;

namespace RulePortal.Web.Features.Connections;

/// <summary>Is the data here, and whole?</summary>
public sealed partial class ConnectionsPage : IDisposable
{
    private const int BatchesSize = 20;
    private const int SourcesSize = 10;

    private readonly CancellationTokenSource closed = new();
    private State? state;
    private bool failed;
    private bool canImport;
    private bool canWithdraw;

    [Inject]
    public required VolumeQueries Volume { get; set; }

    [Inject]
    public required BatchQueries Queries { get; set; }

    [Inject]
    public required BatchWithdrawal Withdrawal { get; set; }

    [Inject]
    public required ConnectionHistoryFactory Histories { get; set; }

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required DetectorCatalog Detectors { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<ConnectionsPage> Logger { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private int? PageNumber { get; set; }

    [SupplyParameterFromQuery(Name = "machines")]
    private int? Machines { get; set; }

    /// <summary>The batch whose rejected rows are shown.</summary>
    [SupplyParameterFromQuery(Name = "batch")]
    private long? Batch { get; set; }

    private int BatchesPage => Math.Max(1, PageNumber ?? 1);

    private int SourcesPage => Math.Max(1, Machines ?? 1);

    private string? Subtitle => state is { Sources: { NewestUtc: { } newest, Total: var total } }
        ? $"{Words.Count(total, "machine")}; newest row {UtcTime.Relative(newest, Clock.UtcNow)}"
        : null;

    public void Dispose()
    {
        Clock.Ticked -= OnTick;
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Clock.Ticked += OnTick;
        canImport = await Actor.CanAsync(Policies.CanIngest);
        canWithdraw = await Actor.CanAsync(Policies.CanContribute);
    }

    protected override Task OnParametersSetAsync() => LoadAsync();

    private static string PageLink(int batches, int machines)
    {
        List<string> query = [];
        if (batches > 1)
        {
            query.Add(string.Create(CultureInfo.InvariantCulture, $"page={batches}"));
        }

        if (machines > 1)
        {
            query.Add(string.Create(CultureInfo.InvariantCulture, $"machines={machines}"));
        }

        return query.Count == 0 ? PortalUrls.Connections : $"{PortalUrls.Connections}?{string.Join('&', query)}";
    }

    private string RejectedLink(long seq)
    {
        var page = PageLink(BatchesPage, SourcesPage);
        return string.Create(CultureInfo.InvariantCulture, $"{page}{(page.Contains('?', StringComparison.Ordinal) ? '&' : '?')}batch={seq}");
    }

    private void OnTick(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        if (state is not null && !closed.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    private async Task LoadAsync()
    {
        try
        {
            var now = Clock.UtcNow;
            var token = closed.Token;
            state = new State(
                now,
                await Volume.HoursAsync(VolumeChart.Span(now), token),
                await Volume.SourcesAsync((SourcesPage - 1) * SourcesSize, SourcesSize, token),
                await Queries.ListAsync((BatchesPage - 1) * BatchesSize, BatchesSize, token),
                await BaselinesAsync(now, token));
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = state is null;
            Log.ReadFailed(Logger, e);
        }
    }

    private async Task<IReadOnlyList<RuleBaseline>> BaselinesAsync(DateTime now, CancellationToken cancellationToken)
    {
        await using var history = await Histories.OpenAsync(cancellationToken);
        List<RuleBaseline> baselines = [];
        foreach (var rule in (await Rules.ListAsync(cancellationToken)).Where(rule => rule.Enabled))
        {
            if (Detectors.Find(rule.Definition.Detector) is { } detector)
            {
                var reach = detector.Reach(rule.Definition.SettingsJson, rule.Definition.QueryFrequency, rule.Definition.QueryPeriod);
                var fullness = await BaselineFullness.MeasureAsync(history, reach.BaselineBefore(now), cancellationToken);
                baselines.Add(new RuleBaseline(rule.Id, rule.Definition.Name, fullness, fullness.IsLearning(rule.Definition.LearningPeriod)));
            }
        }

        return baselines;
    }

    private async Task WithdrawAsync(ConnectionBatch batch)
    {
        try
        {
            var actor = await Actor.DemandAsync(Policies.CanContribute);
            await Withdrawal.WithdrawAsync(batch.Seq, actor, closed.Token);
            Snackbar.Add($"Batch {Words.Number(batch.Seq)} is withdrawn: its {Words.Count(batch.RowCount, "row")} are gone.", MudBlazor.Severity.Success);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Snackbar.Add($"Batch {Words.Number(batch.Seq)} was not withdrawn. The portal's log has the details.", MudBlazor.Severity.Error);
            Log.WithdrawFailed(Logger, batch.Seq, e);
        }

        await LoadAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The connections could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Batch {Batch} could not be withdrawn.")]
        public static partial void WithdrawFailed(ILogger logger, long batch, Exception exception);
    }

    private sealed record State(DateTime ReadUtc, IReadOnlyList<ConnectionHour> Hours, SourcePage Sources, BatchPage Batches, IReadOnlyList<RuleBaseline> Baselines);
}
