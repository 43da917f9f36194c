using System.Security.Claims;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using RulePortal.Data.Auditing;
using RulePortal.Web.Kit.Drafts;

namespace RulePortal.Web.Security;

/// <summary>Who works in this circuit. Endpoints use <see cref="PortalPrincipal.ToActor"/> on their user instead.</summary>
public sealed class CurrentActor(AuthenticationStateProvider authentication, IAuthorizationService authorization, NavigationManager navigation, SecurityAudit audit) : IDraftOwner
{
    // Without the query, which may hold what is nobody's business.
    private string Path => new Uri(navigation.Uri).AbsolutePath;

    /// <summary>The person as the audit trail names them.</summary>
    public async Task<Actor> GetAsync() => (await UserAsync()).ToActor();

    /// <inheritdoc/>
    public async Task<string> GetOwnerAsync() => (await GetAsync()).Id;

    /// <summary>The session the person works in; null for none.</summary>
    public async Task<Guid?> GetSessionAsync() => (await UserAsync()).SessionId();

    /// <summary>Whether the person works in the session that a page was drawn for; otherwise the attempt is noted.</summary>
    /// <param name="drawnFor">The session; null for none.</param>
    public async Task<bool> WorksInAsync(Guid? drawnFor)
    {
        var user = await UserAsync();
        if (user.SessionId() == drawnFor)
        {
            return true;
        }

        audit.ForeignSessionRefused(user, Path);
        return false;
    }

    /// <summary>Whether the person satisfies one of <see cref="Policies"/>.</summary>
    public async Task<bool> CanAsync(string policy) => (await authorization.AuthorizeAsync(await UserAsync(), policy)).Succeeded;

    /// <summary>The person, once the policy is satisfied; called where a page changes something, however the button was reached.</summary>
    /// <exception cref="UnauthorizedAccessException">The policy is not satisfied.</exception>
    public async Task<Actor> DemandAsync(string policy)
    {
        if (await CanAsync(policy))
        {
            return await GetAsync();
        }

        var role = Policies.RoleNeeded(policy);
        audit.ActionRefused(await UserAsync(), Path, role);
        throw new UnauthorizedAccessException($"This needs the role {role}.");
    }

    /// <summary>Notes that the page at the present address was refused.</summary>
    public async Task NoteRefusedPageAsync(string roleNeeded) => audit.PageRefused(await UserAsync(), Path, roleNeeded);

    private async Task<ClaimsPrincipal> UserAsync() => (await authentication.GetAuthenticationStateAsync()).User;
}
