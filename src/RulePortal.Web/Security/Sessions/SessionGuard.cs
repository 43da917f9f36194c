using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;

namespace RulePortal.Web.Security.Sessions;

/// <summary>
/// Decides whether a session counts at this moment, the same for a request and for an open page. When its roles are due to be confirmed, one of
/// all who come at once asks the identity provider, and the others wait for the answer.
/// </summary>
internal sealed partial class SessionGuard(
    SessionStore sessions,
    IOptions<SignInSettings> settings,
    TimeProvider time,
    ILogger<SessionGuard> logger,
    IRoleCheck? roles = null)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string mode = settings.Value.Mode.ToString() ?? "";

    /// <summary>Judges the session of a cookie's key.</summary>
    public async Task<SessionState> JudgeAsync(string key, CancellationToken cancellationToken) =>
        await JudgeAsync(await sessions.FindByKeyAsync(key, cancellationToken), cancellationToken);

    /// <summary>Judges the session of an open page.</summary>
    public async Task<SessionState> JudgeAsync(Guid id, CancellationToken cancellationToken) =>
        await JudgeAsync(await sessions.FindAsync(id, cancellationToken), cancellationToken);

    private async Task<SessionState> JudgeAsync(PortalSession? session, CancellationToken cancellationToken)
    {
        while (session is not null && session.Mode == mode)
        {
            switch (session.StandingAt(time.GetUtcNow().UtcDateTime, roles?.Policy))
            {
                case SessionStanding.Confirmed or SessionStanding.Kept:
                    return new SessionState(session, null);
                case SessionStanding.Over:
                    return new SessionState(null, session.Ending);
                case SessionStanding.Unconfirmed:
                    await EndAsync(session, SessionEnding.Unconfirmed);
                    break;
                case SessionStanding.CheckDue when await sessions.TryBeginCheckAsync(session, cancellationToken):
                    await AskAsync(session);
                    break;
                default:
                    await Task.Delay(Pause, cancellationToken);
                    break;
            }

            session = await sessions.FindAsync(session.Id, cancellationToken);
        }

        return SessionState.None;
    }

    // Whoever asked may leave; the answer is written all the same, since a refresh token counts once.
    private async Task AskAsync(PortalSession session)
    {
        var answer = RoleAnswer.None;
        try
        {
            answer = await roles!.AskAsync(session, CancellationToken.None);
        }
        finally
        {
            await (answer switch
            {
                { Ending: { } ending } => EndAsync(session, ending),
                { Roles: { } confirmed } => sessions.ConfirmAsync(session.Id, confirmed, answer.ProtectedTokens, CancellationToken.None),
                _ => sessions.NoteFailedCheckAsync(session.Id, answer.ProtectedTokens, CancellationToken.None),
            });
        }
    }

    private async Task EndAsync(PortalSession session, SessionEnding ending)
    {
        if (await sessions.EndAsync(session.Id, ending, Actor.System, CancellationToken.None))
        {
            Log.Ended(logger, session.Id, session.ActorId, ending);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Session {Session} of {Actor} was ended: {Ending}.")]
        public static partial void Ended(ILogger logger, Guid session, string actor, SessionEnding ending);
    }
}
