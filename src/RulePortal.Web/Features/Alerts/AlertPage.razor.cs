using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using MudBlazor;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Pins;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Is this real, and what do I do? What is typed survives every refresh and every lost race.</summary>
public sealed partial class AlertPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private IReadOnlyList<SimilarAlert>? similar;
    private Actor me = new("", "");
    private AlertNotice? notice;
    private CloseChoice? closeDraft;
    private string? comment;
    private DateTime readUtc;
    private DateTime? restoredUtc;
    private bool toReplay;
    private bool canContribute;
    private bool canRespond;
    private bool failed;
    private bool notFound;
    private bool similarFailed;
    private bool working;

    [Inject]
    public required AlertDetailQueries Queries { get; set; }

    [Inject]
    public required AlertQueries Lists { get; set; }

    [Inject]
    public required AlertTriage Triage { get; set; }

    [Inject]
    public required AlertPins Pins { get; set; }

    [Inject]
    public required AlertsChanged Changes { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required DraftBox Drafts { get; set; }

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required ILogger<AlertPage> Logger { get; set; }

    [Parameter]
    public long Id { get; set; }

    /// <summary>Which page of the evidence, from 1.</summary>
    [SupplyParameterFromQuery(Name = "evidence")]
    public string? EvidenceText { get; set; }

    private AlertDetails? Details { get; set; }

    private int EvidencePageNumber => Pager.Number(EvidenceText);

    private bool HasDraft => !string.IsNullOrWhiteSpace(comment);

    private string DraftKey => $"alert:{Id}";

    private string ClosingKey => DraftKey + ":close";

    private string RestoredWords => (HasDraft, closeDraft is not null) switch
    {
        (true, true) => "A comment and the start of closing the alert; neither is saved.",
        (true, false) => "A comment that was not sent.",
        _ => "The start of closing the alert; it is not closed.",
    };

    private string? Verdict => Details?.Alert is { Classification: { } classification, ClassificationReason: { } reason } ? new ClosingVerdict(classification, reason).DisplayName : null;

    public void Dispose()
    {
        Changes.Changed -= OnAlertsChanged;
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Changes.Changed += OnAlertsChanged;
        canRespond = await Actor.CanAsync(Policies.CanRespond);
        canContribute = await Actor.CanAsync(Policies.CanContribute);
        me = await Actor.GetAsync();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (Details?.Alert.Id == Id)
        {
            return;
        }

        // Another alert in the same page, from the list of similar ones.
        (Details, similar, notice, closeDraft, comment, restoredUtc, notFound, failed) = (null, null, null, null, null, null, false, false);
        await RestoreAsync();
        await ReadAllAsync();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (toReplay && Details is not null)
        {
            toReplay = false;
            await Drafts.ReplayAsync(DraftKey);
        }
    }

    /// <summary>Puts back what this person typed and did not send before the page went away.</summary>
    private async Task RestoreAsync()
    {
        if (canRespond && await Drafts.FindAsync<TypedAlert>(DraftKey) is { Content: { IsEmpty: false } typed } draft)
        {
            comment = typed.Comment;
            closeDraft = typed.HasClosing ? new CloseChoice(ClosingVerdict.All.FirstOrDefault(verdict => verdict.DisplayName == typed.Verdict), typed.ClosingComment) : null;
            restoredUtc = draft.KeptUtc;
        }

        toReplay = canRespond;
    }

    private Task TypeAsync(string? text)
    {
        comment = text;
        return KeepAsync();
    }

    private Task TypeClosingAsync(CloseChoice choice)
    {
        closeDraft = choice;
        return KeepAsync();
    }

    private async Task KeepAsync()
    {
        var typed = new TypedAlert(comment, closeDraft?.Verdict?.DisplayName, closeDraft?.Comment);
        await (typed.IsEmpty ? Drafts.DropAsync(DraftKey) : Drafts.KeepAsync(DraftKey, typed));
        if (!typed.HasClosing)
        {
            await Drafts.DropAsync(ClosingKey);
        }

        restoredUtc = typed.IsEmpty ? null : restoredUtc;
    }

    private Task DiscardAsync()
    {
        (comment, closeDraft) = (null, null);
        return KeepAsync();
    }

    private async Task ReadAllAsync()
    {
        await ReadAsync();
        // The alert is shown before what is like it has been looked for.
        StateHasChanged();
        await ReadSimilarAsync();
    }

    private void OnAlertsChanged(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        if (!working)
        {
            await ReadAsync();
            StateHasChanged();
        }
    });

    private async Task ReadAsync()
    {
        var id = Id;
        try
        {
            var details = await Queries.FindAsync(id, closed.Token);
            if (id == Id)
            {
                (Details, notFound, failed, readUtc) = (details, details is null, false, Time.GetUtcNow().UtcDateTime);
            }
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
            // The page was closed.
        }
        catch (Exception e) when (e is not OperationCanceledException and not ObjectDisposedException)
        {
            Log.ReadFailed(Logger, id, e);
            failed |= id == Id;
        }
    }

    private async Task ReadSimilarAsync()
    {
        var id = Id;
        try
        {
            similarFailed = false;
            var found = await Queries.SimilarAsync(id, closed.Token);
            similar = id == Id ? found : similar;
        }
        catch (Exception e) when (e is not OperationCanceledException and not ObjectDisposedException)
        {
            Log.ReadFailed(Logger, id, e);
            similarFailed |= id == Id;
        }
    }

    private Task<bool> AcknowledgeAsync() => ApplyAsync("Acknowledged.", (seen, actor) => Triage.AcknowledgeAsync(seen, actor, CancellationToken.None));

    private Task<bool> AssignToMeAsync() => ApplyAsync("Assigned to you.", (seen, actor) => Triage.AssignAsync(seen, actor, actor, CancellationToken.None));

    private async Task AssignAsync()
    {
        IReadOnlyList<Actor> people;
        try
        {
            people = await Lists.KnownOwnersAsync(closed.Token);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Lost(e);
            return;
        }

        if (await AssignDialog.AskAsync(Dialogs, 1, people, me, Details!.Alert.OwnerId) is { } choice)
        {
            await ApplyAsync($"Assigned to {choice.Owner?.Name ?? "nobody"}.", (seen, actor) => Triage.AssignAsync(seen, choice.Owner, actor, CancellationToken.None));
        }
    }

    private async Task CloseAsync()
    {
        if (await CloseDialog.AskAsync(Dialogs, 1, closeDraft, ClosingKey, EventCallback.Factory.Create<CloseChoice>(this, TypeClosingAsync)) is { Verdict: { } verdict } choice)
        {
            closeDraft = choice;
            if (await ApplyAsync($"Closed as {verdict.DisplayName}.", (seen, actor) => Triage.CloseAsync(seen, verdict, choice.Comment, actor, CancellationToken.None)))
            {
                closeDraft = null;
                await KeepAsync();
            }
        }
    }

    private Task<bool> ReopenAsync() => ApplyAsync("Reopened.", (seen, actor) => Triage.ReopenAsync(seen, comment: null, actor, CancellationToken.None));

    private async Task PinAsync()
    {
        if (await PinDialog.AskAsync(Dialogs, Details!.Alert.Pin) is { } choice)
        {
            await (choice.Kind is { } kind
                ? ApplyAsync($"Pinned: {PinWords.Within(kind)}.", (seen, actor) => Pins.PinAsync(seen, kind, choice.Note, actor, CancellationToken.None), Policies.CanContribute)
                : ApplyAsync("The pin was taken off.", (seen, actor) => Pins.UnpinAsync(seen, actor, CancellationToken.None), Policies.CanContribute));
        }
    }

    private async Task CommentAsync()
    {
        if (await ApplyAsync("Comment added.", (seen, actor) => Triage.CommentAsync(seen, comment ?? "", actor, CancellationToken.None)))
        {
            comment = null;
            await KeepAsync();
        }
    }

    /// <returns>Whether what was asked for is now so.</returns>
    private async Task<bool> ApplyAsync(string done, Func<AlertReference, Actor, Task<TriageResult>> action, string policy = Policies.CanRespond)
    {
        working = true;
        try
        {
            var result = await action(Details!.Alert.Reference, await Actor.DemandAsync(policy));
            var refusal = TriageWords.Refusal(result);
            notice = refusal is null ? new AlertNotice(done, IsLost: false)
                : result.Outcome is TriageOutcome.Conflict ? new AlertNotice($"Nothing was saved, because the alert changed while you were looking: {refusal} The page shows it as it is now; what you typed is kept. Do it again if it still holds.", IsLost: true)
                : new AlertNotice($"Nothing was saved. {refusal}", IsLost: true);
            if (result.Outcome is TriageOutcome.Changed)
            {
                Changes.Notify();
            }

            await ReadAsync();
            return refusal is null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Lost(e);
            return false;
        }
        finally
        {
            working = false;
        }
    }

    private void Lost(Exception e)
    {
        Log.WriteFailed(Logger, Id, e);
        notice = new AlertNotice($"Nothing was saved: {(e is UnauthorizedAccessException ? e.Message : "the store did not answer.")} What you typed is kept.", IsLost: true);
    }

    private async Task BeforeLeavingAsync(LocationChangingContext context)
    {
        // Turning the evidence's pages is not leaving.
        var stays = Navigation.ToAbsoluteUri(context.TargetLocation).AbsolutePath == PortalUrls.Alert(Id);
        if (HasDraft && !stays
            && await Dialogs.ShowMessageBoxAsync("Leave without sending the comment?", "What you typed would be lost.", yesText: "Leave", cancelText: "Stay") is not true)
        {
            context.PreventNavigation();
        }
        else if (HasDraft && !stays)
        {
            await Drafts.DropAsync(DraftKey);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Alert {Alert} could not be read.")]
        public static partial void ReadFailed(ILogger logger, long alert, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "Alert {Alert} could not be changed.")]
        public static partial void WriteFailed(ILogger logger, long alert, Exception exception);
    }
}
