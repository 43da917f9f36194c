using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Security;

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
    public required SourceWatch Watch { get; set; }

    [Inject]
    public required BatchQueries Queries { get; set; }

    [Inject]
    public required BatchWithdrawal Withdrawal { get; set; }

    [Inject]
    public required WindowEvaluator Evaluator { get; set; }

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required DetectorCatalog Detectors { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<ConnectionsPage> Logger { get; set; }

    [SupplyParameterFromQuery(Name = "page")]
    private string? BatchesText { get; set; }

    [SupplyParameterFromQuery(Name = "machines")]
    private string? MachinesText { get; set; }

    [SupplyParameterFromQuery(Name = "batch")]
    private string? BatchText { get; set; }

    private Address Asked => new(Pager.Number(BatchesText), Pager.Number(MachinesText), Batch);

    /// <summary>The batch whose rejected rows are shown.</summary>
    private long? Batch => long.TryParse(BatchText, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : null;

    private string WhyEmpty => "Rules need VMConnection records to compare with: "
        + (canImport ? "upload a file below, use the verb import, or post to the API." : $"a {Policies.RoleNeeded(Policies.CanIngest)} can upload a file here, and programs post them to the API.")
        + " A rule that looks back 30 days wants 30 days of them.";

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
        var page = PageLink(Asked.Batches, Asked.Machines);
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
        var asked = Asked;
        try
        {
            var now = Clock.UtcNow;
            var token = closed.Token;
            var read = new State(
                asked,
                now,
                await Volume.HoursAsync(VolumeChart.Span(now), token),
                await Volume.SourcesAsync((asked.Machines - 1) * SourcesSize, SourcesSize, token),
                await Queries.ListAsync((asked.Batches - 1) * BatchesSize, BatchesSize, token),
                await BaselinesAsync(now, token),
                asked.Rejected is { } seq ? await Queries.RejectedAsync(seq, 0, RejectedTable.Most, token) : null);
            // The last address asked for wins, in whatever order the answers come.
            (state, failed) = asked == Asked ? (read, false) : (state, failed);
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = true;
            Log.ReadFailed(Logger, e);
        }
    }

    private async Task<IReadOnlyList<RuleBaseline>> BaselinesAsync(DateTime now, CancellationToken cancellationToken)
    {
        List<RuleBaseline> baselines = [];
        foreach (var rule in (await Rules.ListAsync(cancellationToken)).Where(rule => rule.Enabled))
        {
            if (Detectors.TryBind(rule.Definition, out var bound, out _))
            {
                var fullness = await Evaluator.BaselineAsync(bound, now, cancellationToken);
                baselines.Add(new RuleBaseline(rule.Id, rule.Definition.Name, fullness, fullness.IsLearning(rule.Definition.LearningPeriod)));
            }
        }

        return baselines;
    }

    private async Task WithdrawAsync(ConnectionBatch batch)
    {
        var name = $"Batch {Words.Number(batch.Seq)}";
        var rows = Words.Count(batch.RowCount, "row");
        var rejected = batch.RejectedCount == 0 ? "" : $" and {Words.Count(batch.RejectedCount, "rejected row")}";
        if (await Dialogs.ShowMessageBoxAsync(
            $"Withdraw batch {Words.Number(batch.Seq)}?",
            $"Its {rows}{rejected} are deleted: rules see them no more. Alerts already raised stay, and the same records can be brought in again.",
            yesText: $"Remove {rows}", cancelText: "Keep") is not true)
        {
            return;
        }

        try
        {
            var result = await Withdrawal.WithdrawAsync(batch.Seq, await Actor.DemandAsync(Policies.CanContribute), closed.Token);
            _ = result switch
            {
                { Outcome: WithdrawalOutcome.Withdrawn } => Snackbar.Add($"{name} is withdrawn: its {rows} are gone.", MudBlazor.Severity.Success),
                { Batch.WithdrawnBy: { } other } => Snackbar.Add($"{name} was withdrawn by {SafeText.Visible(other)} meanwhile.", MudBlazor.Severity.Info),
                _ => Snackbar.Add($"{name} does not exist any more.", MudBlazor.Severity.Info),
            };
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Snackbar.Add($"{name} was not withdrawn. {(e is UnauthorizedAccessException ? e.Message : "The portal's log has the details.")}", MudBlazor.Severity.Error);
            Log.WithdrawFailed(Logger, batch.Seq, e);
        }

        await LoadAsync();
    }

    private async Task ExpectAsync(SourceFreshness source)
    {
        if (await ExpectDialog.AskAsync(Dialogs, source) is not { } choice)
        {
            return;
        }

        var name = SafeText.Shorten(SafeText.Visible(source.Computer), 60);
        try
        {
            var found = await Watch.ExpectAsync(source.Computer, choice.Expected, await Actor.DemandAsync(Policies.CanContribute), closed.Token);
            Snackbar.Add(found ? $"Kept how often {name} reports." : $"{name} has no rows any more.", found ? MudBlazor.Severity.Success : MudBlazor.Severity.Info);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Snackbar.Add($"How often {name} reports was not kept. The portal's log has the details.", MudBlazor.Severity.Error);
            Log.ExpectFailed(Logger, e);
        }

        await LoadAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The connections could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "How often a machine reports could not be kept.")]
        public static partial void ExpectFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Batch {Batch} could not be withdrawn.")]
        public static partial void WithdrawFailed(ILogger logger, long batch, Exception exception);
    }

    /// <summary>What the address asks for: pages from 1, and the batch whose rejected rows are shown.</summary>
    private sealed record Address(int Batches, int Machines, long? Rejected);

    private sealed record State(
        Address Read, DateTime ReadUtc, IReadOnlyList<ConnectionHour> Hours, SourcePage Sources, BatchPage Batches, IReadOnlyList<RuleBaseline> Baselines, RejectedPage? Rejected);
}

/// <summary>How much of what a rule compares with is stored.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleName">Its name.</param>
/// <param name="Fullness">Days present of days looked back.</param>
/// <param name="IsLearning">Whether that is too little for alerts.</param>
public sealed record RuleBaseline(Guid RuleId, string RuleName, BaselineFullness Fullness, bool IsLearning);
