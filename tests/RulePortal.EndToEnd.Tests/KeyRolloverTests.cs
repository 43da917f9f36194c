using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.EndToEnd.Tests.Identity;

namespace RulePortal.EndToEnd.Tests;

/// <summary>The provider signs with a new key and withdraws the old one. A portal of its own for each: a key that cannot be found has the keys fetched once in five minutes.</summary>
public sealed class KeyRolloverTests
{
    [Fact]
    public Task Entra_RollsItsKey_PeopleSignInAndStay() => RollAsync(new PortalWithEntra());

    [Fact]
    public Task StandardProvider_RollsItsKey_PeopleSignInAndStay() => RollAsync(new PortalWithStandardProvider());

    private static async Task RollAsync(SecurePortal portal)
    {
        await using var whole = portal;
        await portal.InitializeAsync();
        var before = await portal.SignInAsync("/", "RulePortal.Reader");
        portal.Provider.Keys.Roll();
        await portal.SignInAsync("/", "RulePortal.Reader");
        await portal.DueAsync();
        await before.OpenAsync("/rules");
        Assert.True(portal.Provider.Redeemed > 0);
    }
}
