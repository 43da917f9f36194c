using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace RulePortal.Web.Security;

/// <summary>Ends a circuit's sign-in when its session ends: an open page must not outlive the cookie it was opened with.</summary>
internal sealed class SessionStateProvider(ILoggerFactory loggers, TimeProvider time) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => TimeSpan.FromMinutes(1);

    protected override Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        Task.FromResult(!authenticationState.User.HasEnded(time.GetUtcNow()));
}
