using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;

namespace RulePortal.Web.Features.Rules.Tabs;

/// <summary>The windows of the rule and what came of them.</summary>
public sealed partial class RunsTab : IDisposable
{
    private const int PageSize = 25;
    private const int MostGaps = 5;

    private static readonly OrderedDictionary<string, (string Name, RuleWindowFilter Filter)> Filters = new(StringComparer.OrdinalIgnoreCase)
    {
        [""] = ("All windows", new()),
        ["alerted"] = ("Alerted", new(Outcome: AttemptOutcome.Alerted)),
        ["below"] = ("Below threshold", new(Outcome: AttemptOutcome.BelowThreshold)),
        ["already"] = ("Already alerted", new(Outcome: AttemptOutcome.AlreadyAlerted)),
        ["learning"] = ("Learning", new(Outcome: AttemptOutcome.Learning)),
        ["nodata"] = ("No data", new(WindowStatus.NoData)),
        ["suppressed"] = ("Suppressed", new(WindowStatus.Suppressed)),
        ["late"] = ("Late data", new(IsLate: true)),
        ["wouldalert"] = ("Would now alert", new(Late: LateVerdict.WouldAlert)),
        ["held"] = ("Held", new(WindowStatus.Held)),
        ["failed"] = ("Failed", new(WindowStatus.Failed)),
        ["due"] = ("Due", new(WindowStatus.Due)),
        ["skipped"] = ("Skipped", new(WindowStatus.Skipped)),
    };

    private readonly CancellationTokenSource closed = new();
    private (Guid, string?, int, int) shown;
    private Page<RuleWindowRow>? page;
    private Page<RuleGapRow>? gaps;
    private IReadOnlyList<RuleRun>? attempts;
    private long? open;
    private bool failed;

    [Inject]
    public required RuleQueries Queries { get; set; }

    [Inject]
    public required GapQueries Gaps { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required ILogger<RunsTab> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public Guid RuleId { get; set; }

    /// <summary>A key of the filters, or null for all windows.</summary>
    [Parameter]
    public string? Filter { get; set; }

    /// <summary>From 1.</summary>
    [Parameter]
    public int PageNumber { get; set; } = 1;

    /// <summary>Another number asks for another read.</summary>
    [Parameter]
    public int Read { get; set; }

    public void Dispose()
    {
        Clock.Ticked -= OnTick;
        closed.Cancel();
        closed.Dispose();
    }

    protected override void OnInitialized() => Clock.Ticked += OnTick;

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (RuleId, Filter, PageNumber, Read);
        if (shown != wanted)
        {
            shown = wanted;
            open = null;
            await LoadAsync();
        }
    }

    private static string FilterName(string? key) => Filters.TryGetValue(key ?? "", out var filter) ? filter.Name : Filters[""].Name;

    private static string Sentence(RuleWindowRow window) =>
        window.Sentence.Length > 0 ? window.Sentence
        : window.LastAttempt is { Sentence.Length: > 0 } attempt ? attempt.Sentence
        : window.NotBeforeUtc is { } next ? $"Tried again from {UtcTime.Exact(next)} on."
        : "";

    private void OnTick(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        if (page is not null && !closed.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    private async Task LoadAsync()
    {
        try
        {
            var filter = Filters.TryGetValue(Filter ?? "", out var known) ? known.Filter : Filters[""].Filter;
            page = await Queries.WindowsAsync(RuleId, filter, (PageNumber - 1) * PageSize, PageSize, closed.Token);
            gaps = await Gaps.ListAsync(RuleId, 0, MostGaps, closed.Token);
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = page is null;
            Log.ReadFailed(Logger, RuleId, e);
        }
    }

    private async Task BackfillAsync()
    {
        if (await BackfillDialog.AskAsync(Dialogs, RuleId) is { } started)
        {
            Snackbar.Add($"{Words.Count(started.Windows, "window")} will be evaluated, behind the live ones.", Severity.Success);
            await LoadAsync();
        }
    }

    private async Task ToggleAsync(long windowId)
    {
        attempts = null;
        open = open == windowId ? null : windowId;
        if (open is not null)
        {
            attempts = (await Queries.RunsAsync(new RuleRunFilter(RuleId, windowId), 0, 50, closed.Token)).Items;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The windows of rule {Rule} could not be read.")]
        public static partial void ReadFailed(ILogger logger, Guid rule, Exception exception);
    }
}
