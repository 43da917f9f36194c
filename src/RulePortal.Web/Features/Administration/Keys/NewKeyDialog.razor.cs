using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Security;
using RulePortal.Web.Components;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Administration.Keys;

/// <summary>Asks what a key is for and shows the key, once.</summary>
public sealed partial class NewKeyDialog
{
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

    [CascadingParameter]
    public required IMudDialogInstance Dialog { get; set; }

    [Inject]
    public required ApiKeyStore Store { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

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
