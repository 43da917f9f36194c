using System.Security.Claims;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security.Providers;

/// <summary>What differs between identity providers; everything else about signing in is the same for all.</summary>
internal interface IIdentityProvider
{
    /// <summary>Whose account one signs in with, as a button says it.</summary>
    string Title { get; }

    /// <summary>The value of OpenID Connect's <c>prompt</c> that lets a person choose another account.</summary>
    string PromptForAnother { get; }

    /// <summary>The claim that holds app roles, as <see cref="ClaimPath"/> reads it.</summary>
    string RoleClaim { get; }

    /// <summary>The claim that holds groups.</summary>
    string GroupClaim { get; }

    /// <summary>Whom a token is about.</summary>
    /// <exception cref="InvalidOperationException">It does not say.</exception>
    Actor ActorOf(ClaimsPrincipal token);

    /// <summary>Whether an access token was made for use at an API: an id token must not open it.</summary>
    bool IsAccessToken(ClaimsPrincipal token);
}
