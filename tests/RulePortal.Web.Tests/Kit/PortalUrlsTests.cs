using RulePortal.Data.Alerts;
using RulePortal.Web.Kit;
using RulePortal.Web.Security;

namespace RulePortal.Web.Tests.Kit;

public sealed class PortalUrlsTests
{
    [Fact]
    public void SignIn_FromAPage_CarriesItsAddressEscaped()
    {
        Assert.Equal("/signin", PortalUrls.SignIn("/"));
        Assert.Equal("/signin?returnUrl=%2Falerts%3Ftactic%3DDiscovery%26page%3D2", PortalUrls.SignIn("/alerts?tactic=Discovery&page=2"));
    }

    [Fact]
    public void Rule_WithATab_NamesIt()
    {
        var id = Guid.Parse("1c408090-0320-44d5-aba8-e55500c2cfad");
        Assert.Equal("/rules/1c408090-0320-44d5-aba8-e55500c2cfad", PortalUrls.Rule(id));
        Assert.Equal("/rules/1c408090-0320-44d5-aba8-e55500c2cfad?tab=runs", PortalUrls.Rule(id, "runs"));
    }

    [Fact]
    public void Alert_Id_IsItsAddress() => Assert.Equal("/alerts/42", PortalUrls.Alert(42));
}
