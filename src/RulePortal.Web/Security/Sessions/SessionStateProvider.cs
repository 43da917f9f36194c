using System.Data.Common;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace RulePortal.Web.Security.Sessions;

/// <summary>Has an open page follow its session: other roles count at once, and its end ends the page's sign-in.</summary>
internal sealed partial class SessionStateProvider(ILoggerFactory loggers, SessionGuard guard) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    private readonly ILogger logger = loggers.CreateLogger<SessionStateProvider>();

    /// <summary>How long an open page may take to notice what became of its session.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(15);

    protected override TimeSpan RevalidationInterval => Interval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        var user = authenticationState.User;
        if (user.SessionId() is not { } id)
        {
            // A page belongs to a session; what a program sends expires and is revoked where nobody looks.
            return false;
        }

        try
        {
            var state = await guard.JudgeAsync(id, cancellationToken);
            if (state.Live is null)
            {
                Follow(PortalPrincipal.Ended(state.Ending));
            }
            else if (!state.Live.RoleList.ToHashSet(StringComparer.Ordinal).SetEquals(user.Roles()))
            {
                Follow(PortalPrincipal.Create(state.Live, user));
            }

            return true;
        }
        catch (DbException e)
        {
            // Nothing can be read or changed either until the database is back.
            Log.NotRead(logger, e);
            return true;
        }
    }

    private void Follow(System.Security.Claims.ClaimsPrincipal user) => SetAuthenticationState(Task.FromResult(new AuthenticationState(user)));

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The session of an open page could not be read; tried again in a moment.")]
        public static partial void NotRead(ILogger logger, Exception exception);
    }
}
