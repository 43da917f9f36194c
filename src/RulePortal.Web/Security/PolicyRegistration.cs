using Microsoft.AspNetCore.Authorization;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

/// <summary>Which roles satisfy which of <see cref="Policies"/>.</summary>
internal static class PolicyRegistration
{
    public static IServiceCollection AddPolicies(this IServiceCollection services)
    {
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.CanView, p => p.RequireRole(PortalRoles.With(ActorRights.View)))
            .AddPolicy(Policies.CanRespond, p => p.RequireRole(PortalRoles.With(ActorRights.Respond)))
            .AddPolicy(Policies.CanContribute, p => p.RequireRole(PortalRoles.With(ActorRights.Contribute)))
            .AddPolicy(Policies.CanIngest, p => p.RequireRole(PortalRoles.With(ActorRights.Ingest)))
            .AddPolicy(Policies.CanAdminister, p => p.RequireRole(PortalRoles.With(ActorRights.Administer)))
            .AddPolicy(Policies.CanScrape, p => p.RequireRole(PortalRoles.With(ActorRights.Scrape)))
            .AddPolicy(Policies.SignedIn, p => p.RequireRole([.. PortalRoles.OfPeople, PortalRoles.Ingest, PortalRoles.Metrics]))
            // An endpoint without a policy of its own is closed to all; an address that does not exist is, for whoever is signed in, just that,
            // and so is one that does not take the method (405) or the content type (415): these answers are endpoints of the framework without a route.
            .SetFallbackPolicy(new AuthorizationPolicyBuilder()
                .RequireAuthenticatedUser()
                .RequireAssertion(c => c.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
                .Build());
        return services;
    }
}
