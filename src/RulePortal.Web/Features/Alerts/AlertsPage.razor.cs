using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What is in the queue. The view is the address; the selection lasts as long as its filters.</summary>
public sealed partial class AlertsPage : IDisposable
{
    private readonly AlertSelection selection = new();
    private readonly CancellationTokenSource closed = new();
    private CancellationTokenSource? reading;
    private IReadOnlyList<QueryFault> faults = [];
    private IReadOnlyList<RuleReference> rules = [];
    private IReadOnlyList<Actor> owners = [];
    private TriageSummary? report;
    private string? fault;
    private DateTime readUtc;
    private string? readQuery;
    private bool canRespond;
    private bool failed;
    private bool working;

    [Inject]
    public required AlertQueries Queries { get; set; }

    [Inject]
    public required AlertTriage Triage { get; set; }

    [Inject]
    public required AlertsChanged Changes { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<AlertsPage> Logger { get; set; }

    private AlertsView View { get; set; } = new();

    private AlertList? Page { get; set; }

    private IReadOnlyList<TacticCount>? Tactics { get; set; }

    private int Elsewhere => selection.Count - (Page?.Items.Count(alert => selection.Contains(alert.Id)) ?? 0);

    public void Dispose()
    {
        Navigation.LocationChanged -= OnLocationChanged;
        Changes.Changed -= OnAlertsChanged;
        reading?.Cancel();
        reading?.Dispose();
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Navigation.LocationChanged += OnLocationChanged;
        Changes.Changed += OnAlertsChanged;
        canRespond = await Actor.CanAsync(Policies.CanRespond);
        ReadAddress();
        await ReadAsync();
    }

    private void ReadAddress() => (View, faults) = AlertsViewReader.Read(new Uri(Navigation.Uri));

    private void Go(AlertsView view) => Navigation.NavigateTo(PortalUrls.Alerts(view));

    private void OnLocationChanged(object? sender, LocationChangedEventArgs e)
    {
        if (new Uri(e.Location).AbsolutePath == PortalUrls.AlertList)
        {
            _ = InvokeAsync(async () =>
            {
                var before = View;
                ReadAddress();
                if (before.ToFilterQuery() != View.ToFilterQuery())
                {
                    selection.Clear();
                    (report, fault) = (null, null);
                }

                await ReadAsync();
                StateHasChanged();
            });
        }
    }

    private void OnAlertsChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        await ReadAsync();
        StateHasChanged();
    });

    private async Task RetryAsync()
    {
        failed = false;
        await ReadAsync();
    }

    private async Task ReadAsync()
    {
        if (closed.IsCancellationRequested)
        {
            return;
        }

        // The last address asked for wins, in whatever order the answers come.
        reading?.Cancel();
        reading?.Dispose();
        reading = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        var token = reading.Token;
        var asked = View.ToQuery();
        try
        {
            var now = Time.GetUtcNow().UtcDateTime;
            var filter = View.ToFilter((await Actor.GetAsync()).Id, now);
            var tactics = await Queries.TacticsAsync(filter, token);
            var page = await Queries.PageAsync(filter, View.Order, (View.Page - 1) * View.Size, View.Size, token);
            await ReadChoicesAsync(page, token);
            (Tactics, Page, readUtc, readQuery, failed) = (tactics, page, now, asked, false);
            selection.Refresh(page.Items);
        }
        catch (OperationCanceledException) when (token.IsCancellationRequested)
        {
            // Another address was asked for, or the page was closed.
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Log.ReadFailed(Logger, e);
            failed = true;
            if (asked != readQuery)
            {
                // What another address asked for must not stand under this one.
                (Tactics, Page) = (null, null);
            }
        }
    }

    // What can be filtered by changes seldom: it is read again when the list shows something it lacks.
    private async Task ReadChoicesAsync(AlertList page, CancellationToken cancellationToken)
    {
        if (Page is null || page.Items.Any(alert => rules.All(rule => rule.Id != alert.RuleId)))
        {
            rules = await Queries.RulesAsync(cancellationToken);
        }

        if (Page is null || page.Items.Any(alert => alert.OwnerId is not null && owners.All(owner => owner.Id != alert.OwnerId)))
        {
            owners = await Queries.KnownOwnersAsync(cancellationToken);
        }
    }

    private Task AcknowledgeAsync() => ApplyAsync("acknowledged", (seen, actor) => Triage.AcknowledgeAsync(seen, actor, CancellationToken.None));

    private async Task AssignToMeAsync()
    {
        var me = await Actor.GetAsync();
        await ApplyAsync("assigned to you", (seen, actor) => Triage.AssignAsync(seen, me, actor, CancellationToken.None));
    }

    private async Task AssignAsync()
    {
        if (await AssignDialog.AskAsync(Dialogs, selection.Count, owners, await Actor.GetAsync(), currentId: "") is { } choice)
        {
            var words = choice.Owner is null ? "assigned to nobody" : $"assigned to {choice.Owner.Name}";
            await ApplyAsync(words, (seen, actor) => Triage.AssignAsync(seen, choice.Owner, actor, CancellationToken.None));
        }
    }

    private async Task CloseAsync()
    {
        if (await CloseDialog.AskAsync(Dialogs, selection.Count, draft: null) is { Verdict: { } verdict } choice)
        {
            await ApplyAsync("closed", (seen, actor) => Triage.CloseAsync(seen, verdict, choice.Comment, actor, CancellationToken.None));
        }
    }

    private async Task ApplyAsync(string done, Func<IReadOnlyList<AlertReference>, Actor, Task<IReadOnlyList<TriageResult>>> action)
    {
        working = true;
        (report, fault) = (null, null);
        try
        {
            var results = await action(selection.References, await Actor.DemandAsync(Policies.CanRespond));
            report = new TriageSummary(done, results);
            selection.Clear();
            selection.Select(report.Refused.Where(result => result.Version is not null).Select(result => new AlertReference(result.AlertId, result.Version!.Value)));
            Changes.Notify();
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Some may have been saved before the fault; the list read next shows which.
            Log.WriteFailed(Logger, e);
            fault = e is UnauthorizedAccessException ? e.Message : "The store did not answer. The list shows what was saved before; what was not is still selected.";
        }
        finally
        {
            working = false;
        }

        await ReadAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The list of alerts could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The selected alerts could not all be changed.")]
        public static partial void WriteFailed(ILogger logger, Exception exception);
    }
}
