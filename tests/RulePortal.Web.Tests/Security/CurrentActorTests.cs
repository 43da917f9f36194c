using System.Security.Claims;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

public sealed class CurrentActorTests : PageContext
{
    private CurrentActor Current => Services.GetRequiredService<CurrentActor>();

    private DeniedAttempts Attempts => Services.GetRequiredService<DeniedAttempts>();

    [Fact]
    public async Task Demand_RoleHeld_IsThePersonFromWhereTheCircuitWasOpened()
    {
        SignIn("Contributor");
        Authorization.SetClaims(new Claim(PortalPrincipal.ActorClaim, "dev:contributor"), new Claim(PortalPrincipal.OriginClaim, "192.0.2.3"));

        var actor = await Current.DemandAsync(Policies.CanContribute);

        Assert.Equal(("dev:contributor", "192.0.2.3"), (actor.Id, actor.Origin));
        Assert.Empty(Attempts.Take(all: true));
    }

    [Fact]
    public async Task Demand_RoleNotHeld_ThrowsAndIsNoted()
    {
        SignIn("Reader");

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Current.DemandAsync(Policies.CanContribute));

        var attempt = Assert.Single(Attempts.Take(all: true));
        Assert.Equal((AuditActions.PageAct, "dev:reader", "This needs the role Contributor."), (attempt.Action, attempt.ActorId, attempt.Detail));
    }

    [Fact]
    public async Task Demand_SessionEnded_ThrowsAndIsNotedAsAnonymous()
    {
        Authorization.SetNotAuthorized();

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Current.DemandAsync(Policies.CanRespond));

        Assert.Equal(Actor.Anonymous.Id, Assert.Single(Attempts.Take(all: true)).ActorId);
    }
}
