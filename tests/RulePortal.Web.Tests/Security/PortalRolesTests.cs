using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Web.Security;

namespace RulePortal.Web.Tests.Security;

public sealed class PortalRolesTests
{
    [Theory]
    [InlineData("Reader", ActorRights.View)]
    [InlineData("Responder", ActorRights.View | ActorRights.Respond)]
    [InlineData("Contributor", ActorRights.View | ActorRights.Respond | ActorRights.Contribute | ActorRights.Ingest)]
    [InlineData("Administrator", ActorRights.All)]
    [InlineData("Ingest", ActorRights.Ingest)]
    [InlineData("Metrics", ActorRights.Scrape)]
    [InlineData("administrator", ActorRights.None)]
    [InlineData("", ActorRights.None)]
    public void RightsOf_Role_AreTheseAndNoMore(string role, ActorRights rights) => Assert.Equal(rights, PortalRoles.RightsOf([role]));

    [Fact]
    public void RightsOf_SeveralRoles_AddUp() => Assert.Equal(ActorRights.View | ActorRights.Ingest, PortalRoles.RightsOf(["Reader", "Ingest"]));

    [Fact]
    public void RightsOf_EveryRoleOfPeopleAndKeys_AreSome() =>
        Assert.DoesNotContain(PortalRoles.OfPeople.Concat(Enum.GetNames<ApiKeyRole>()), role => PortalRoles.RightsOf([role]) is ActorRights.None);

    [Fact]
    public void ToActor_Principal_HasTheRightsOfItsRoles() =>
        Assert.Equal(ActorRights.View | ActorRights.Respond, PortalPrincipal.Create(new Actor("dev:x", "X"), ["Responder"], "Cookies").ToActor().Rights);
}
