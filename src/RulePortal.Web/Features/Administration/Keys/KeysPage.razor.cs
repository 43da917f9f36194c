using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Administration.Keys;

/// <summary>Which programs may call the API, and as what?</summary>
public sealed partial class KeysPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private IReadOnlyList<ApiKey>? keys;
    private bool failed;
    private bool busy;
    private Guid? asked;
    private Draft<TypedKey>? draft;

    [Inject]
    public required ApiKeyStore Store { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required DraftBox Drafts { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<KeysPage> Logger { get; set; }

    private string? Subtitle => keys is { Count: > 0 } ? $"{Words.Count(keys.Count(key => StateOf(key) is KeyState.InForce), "key")} in force of {Words.Number(keys.Count)} ever made" : null;

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        await LoadAsync();
        draft = await Drafts.FindAsync<TypedKey>(NewKeyDialog.DraftKey);
    }

    private async Task DiscardDraftAsync()
    {
        draft = null;
        await Drafts.DropAsync(NewKeyDialog.DraftKey);
    }

    private KeyState StateOf(ApiKey key) =>
        key.RevokedUtc is not null ? KeyState.Revoked : key.ExpiresUtc <= Clock.UtcNow ? KeyState.Expired : KeyState.InForce;

    private async Task LoadAsync()
    {
        try
        {
            keys = await Store.ListAsync(closed.Token);
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = keys is null;
            Log.ReadFailed(Logger, e);
        }
    }

    private async Task CreateAsync()
    {
        draft = null;
        await NewKeyDialog.ShowAsync(Dialogs);
        await LoadAsync();
    }

    private async Task RevokeAsync(ApiKey key)
    {
        busy = true;
        try
        {
            var actor = await Actor.DemandAsync(Policies.CanAdminister);
            var revoked = await Store.RevokeAsync(key.Id.ToString(), actor, closed.Token);
            Snackbar.Add(revoked is null ? $"{key.Name} was not in force any more." : $"{key.Name} is revoked: it is refused from now on.", Severity.Success);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Snackbar.Add(e is UnauthorizedAccessException ? e.Message : $"{key.Name} was not revoked. The portal's log has the details.", Severity.Error);
            Log.RevokeFailed(Logger, key.Id, e);
        }
        finally
        {
            (busy, asked) = (false, null);
        }

        await LoadAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The keys could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The key {Key} could not be revoked.")]
        public static partial void RevokeFailed(ILogger logger, Guid key, Exception exception);
    }
}

internal enum KeyState
{
    InForce,
    Expired,
    Revoked,
}
