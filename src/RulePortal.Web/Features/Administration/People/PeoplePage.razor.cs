using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Features.Administration.People;

/// <summary>Who signs in, as what, and where is somebody still signed in?</summary>
public sealed partial class PeoplePage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private SeenPeople? seen;
    private string? me;
    private Guid? mySession;
    private bool failed;
    private bool busy;

    [Inject]
    public required PeopleReader Reader { get; set; }

    [Inject]
    public required SessionStore Sessions { get; set; }

    [Inject]
    public required IServiceProvider Services { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required IDialogService Dialogs { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<PeoplePage> Logger { get; set; }

    private static string Noticed => $"Open pages notice within {SessionStateProvider.Interval.TotalSeconds:0} seconds.";

    private string Mode => Services.GetRequiredService<IOptions<SignInSettings>>().Value.Mode.ToString() ?? "";

    private IRoleCheck? RoleCheck => Services.GetService<IRoleCheck>();

    private bool Rechecked => RoleCheck is not null;

    private string? Subtitle => seen is { Total: > 0 } ? $"{Words.Count(seen.People.Sum(person => person.Sessions.Count), "open session")} of {(seen.Total == 1 ? "1 person" : Words.Number(seen.Total) + " people")} seen" : null;

    private string Hint => (RoleCheck is { } check
            ? $"Roles are confirmed with the identity provider every {DurationText.ForPeople(check.Policy.Interval)} while a page is open; that counts as being seen."
            : "Whoever signs in counts as seen. In this mode nobody confirms roles afterwards.")
        + (seen!.Total > seen.People.Count ? $" These are the {Words.Number(seen.People.Count)} seen last." : "");

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        (me, mySession) = ((await Actor.GetAsync()).Id, await Actor.GetSessionAsync());
        await LoadAsync();
    }

    private bool IsMe(SeenPerson person) => person.ActorId == me;

    private async Task LoadAsync()
    {
        try
        {
            seen = await Reader.ReadAsync(Mode, closed.Token);
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = seen is null;
            Log.ReadFailed(Logger, e);
        }
    }

    private async Task EndAsync(SeenPerson person)
    {
        var name = SafeText.Visible(person.Name);
        var sessions = Words.Count(person.Sessions.Count, "session");
        var agreed = IsMe(person)
            ? await Dialogs.ShowMessageBoxAsync(
                "End your own sessions?",
                $"This is you: all your sessions end, {sessions} on this list, this browser's among them. You are signed out at once, and what is not saved is lost.",
                yesText: "End my sessions", cancelText: "Keep")
            : await Dialogs.ShowMessageBoxAsync(
                $"End the sessions of {name}?",
                $"All sessions of {name} end, {sessions} on this list. {Noticed} What is not saved is lost. Signing in again is not prevented: for that, take the role away at the identity provider first.",
                yesText: "End sessions", cancelText: "Keep");
        if (agreed is not true)
        {
            return;
        }

        busy = true;
        try
        {
            var actor = await Actor.DemandAsync(Policies.CanAdminister);
            var ended = await Sessions.EndAllAsync(person.ActorId, SessionEnding.ByAdministrator, actor, closed.Token);
            if (ended > 0 && IsMe(person))
            {
                Navigation.NavigateTo(PortalUrls.People, forceLoad: true);
                return;
            }

            Snackbar.Add(
                ended == 0 ? $"{name} had no open session any more." : $"{Words.Count(ended, "session")} of {name} ended. {Noticed}",
                ended == 0 ? Severity.Info : Severity.Success);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Snackbar.Add(e is UnauthorizedAccessException ? e.Message : $"The sessions of {name} were not all ended. The portal's log has the details.", Severity.Error);
            Log.EndFailed(Logger, person.ActorId, e);
        }
        finally
        {
            busy = false;
        }

        await LoadAsync();
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The people could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The sessions of {Person} could not be ended.")]
        public static partial void EndFailed(ILogger logger, string person, Exception exception);
    }
}
