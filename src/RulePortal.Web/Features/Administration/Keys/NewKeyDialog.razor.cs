using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Administration.Keys;

/// <summary>Asks what a key is for and shows the key, once.</summary>
public sealed partial class NewKeyDialog
{
    /// <summary>Under which the browser keeps what is typed.</summary>
    public const string DraftKey = "key:new";

    private static readonly IReadOnlyList<(ApiKeyRole Role, string Words)> Roles =
    [
        (ApiKeyRole.Ingest, "posts connections and nothing else"),
        (ApiKeyRole.Metrics, "reads /metrics and nothing else"),
        (ApiKeyRole.Reader, "views everything, tests rules"),
        (ApiKeyRole.Responder, "also works alerts"),
        (ApiKeyRole.Contributor, "also edits and runs rules, imports and withdraws connections"),
    ];

    private static readonly IReadOnlyList<(int? Days, string Words)> Lives =
        [(30, "30 days"), (90, "90 days"), (365, "A year"), (null, "Until it is revoked")];

    private string name = "";
    private ApiKeyRole role = ApiKeyRole.Ingest;
    private int? days = 90;
    private string? fault;
    private string? secret;
    private bool busy;
    private DateTime? restoredUtc;
    private bool toReplay;

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required ApiKeyStore Store { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required DraftBox Drafts { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required ILogger<NewKeyDialog> Logger { get; set; }

    /// <summary>Shows the dialog until it is closed.</summary>
    public static async Task ShowAsync(IDialogService dialogs)
    {
        ArgumentNullException.ThrowIfNull(dialogs);
        // The key is shown once: a stray click beside the dialog must not lose it.
        var dialog = await dialogs.ShowAsync<NewKeyDialog>("New key", new DialogOptions { BackdropClick = false, MaxWidth = MaxWidth.Small, FullWidth = true });
        await dialog.Result;
    }

    protected override async Task OnInitializedAsync()
    {
        if (await Drafts.FindAsync<TypedKey>(DraftKey) is { Content: var typed } draft)
        {
            name = typed.Name;
            role = Enum.IsDefined(typed.Role) ? typed.Role : role;
            days = Lives.Any(life => life.Days == typed.Days) ? typed.Days : days;
            restoredUtc = draft.KeptUtc;
        }

        toReplay = true;
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (toReplay)
        {
            toReplay = false;
            await Drafts.ReplayAsync(DraftKey);
        }
    }

    private Task KeepAsync() => Drafts.KeepAsync(DraftKey, new TypedKey(name, role, days));

    private Task ChooseAsync(ApiKeyRole chosen)
    {
        role = chosen;
        return KeepAsync();
    }

    private Task ChooseAsync(int? chosen)
    {
        days = chosen;
        return KeepAsync();
    }

    private Task DiscardAsync()
    {
        (name, role, days, restoredUtc) = ("", ApiKeyRole.Ingest, 90, null);
        return Drafts.DropAsync(DraftKey);
    }

    private async Task CancelAsync()
    {
        await Drafts.DropAsync(DraftKey);
        Dialog.Cancel();
    }

    private async Task CreateAsync()
    {
        fault = string.IsNullOrWhiteSpace(name) ? "Give the key a name." : null;
        if (fault is not null)
        {
            return;
        }

        busy = true;
        try
        {
            var actor = await Actor.DemandAsync(Policies.CanAdminister);
            secret = await Store.CreateAsync(name.Trim(), role, days is { } count ? Clock.UtcNow.AddDays(count) : null, actor, CancellationToken.None);
            if (secret is not null)
            {
                await Drafts.DropAsync(DraftKey);
            }

            fault = secret is null ? "A key with this name is in force already. Revoke it or choose another name." : null;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            fault = e is UnauthorizedAccessException ? e.Message : "The key was not made. The portal's log has the details.";
            Log.CreateFailed(Logger, e);
        }
        finally
        {
            busy = false;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "A key could not be made.")]
        public static partial void CreateFailed(ILogger logger, Exception exception);
    }
}

/// <summary>A key that somebody was about to make, fit to be kept in the browser. Never the key itself.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Role">What it may do.</param>
/// <param name="Days">How long it counts, or null for until it is revoked.</param>
public sealed record TypedKey(string Name, ApiKeyRole Role, int? Days);
