using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

/// <summary>Who works in this circuit. Endpoints use <see cref="PortalPrincipal.ToActor"/> on their user instead.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, IAuthorizationService authorization)
{
    /// <summary>The person as the audit trail names them.</summary>
    public async Task<Actor> GetAsync() => (await authentication.GetAuthenticationStateAsync()).User.ToActor();

    /// <summary>Whether the person satisfies one of <see cref="Policies"/>.</summary>
    public async Task<bool> CanAsync(string policy) =>
        (await authorization.AuthorizeAsync((await authentication.GetAuthenticationStateAsync()).User, policy)).Succeeded;

    /// <summary>The person, once the policy is satisfied; called where a page changes something, however the button was reached.</summary>
    /// <exception cref="UnauthorizedAccessException">The policy is not satisfied.</exception>
    public async Task<Actor> DemandAsync(string policy) =>
        await CanAsync(policy) ? await GetAsync() : throw new UnauthorizedAccessException($"This needs the role {Policies.RoleNeeded(policy)}.");
}
