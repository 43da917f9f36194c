using System.Text.Json;
using System.Text.RegularExpressions;
using Bunit;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Sessions;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Shell;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>A document belongs to the session it was drawn for: what is in it starts nothing in another.</summary>
public sealed partial class PageSessionTests : PageContext
{
    private static readonly Guid Mine = Guid.CreateVersion7();

    public PageSessionTests()
    {
        SignIn(PortalRoles.Administrator);
        Authorization.SetClaims(new(PortalPrincipal.ActorClaim, "dev:administrator"), new(PortalPrincipal.SessionClaim, Mine.ToString()));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Document_DrawnForAnotherSessionOrNone_StartsNothing(bool forAnother)
    {
        var page = Render<Routes>(p => p.Add(r => r.Session, forAnother ? Guid.CreateVersion7() : null));
        Assert.Equal("This page was opened in another session. Load the page again.", page.Find("p[role=alert]").TextContent);
        Assert.Empty(page.FindAll("main, nav, button"));
        var noted = Assert.Single(Services.GetRequiredService<DeniedAttempts>().Take(all: true));
        Assert.Equal(("dev:administrator", AuditActions.PageOpen, "It was drawn for another session."), (noted.ActorId, noted.Action, noted.Detail));
    }

    [Fact]
    public async Task Document_BeyondWhatOnePersonMayHaveOpen_SaysSoUntilOneIsClosed()
    {
        var other = Services.GetRequiredService<OpenPages>().Open("dev:administrator");
        var page = Render<Routes>(p => p.Add(r => r.Session, Mine));
        Assert.Equal("You have too many pages of this portal open. Close some of them. Load the page again.", page.Find("p[role=alert]").TextContent);
        Assert.Empty(page.FindAll("main, nav, button"));

        other.Dispose();
        using var another = new OpenPage(Services.GetRequiredService<OpenPages>());
        Assert.True(another.TryOpen("dev:administrator"));
        await DisposeComponentsAsync();
    }

    [Fact]
    public async Task Documents_OfEveryAddress_HoldNothingThatIsNotBoundToTheirSession()
    {
        await using var factory = new PortalFactory();
        using var client = await factory.SignInAsAsync(PortalRoles.Administrator);
        var protector = factory.Services.GetRequiredService<IDataProtectionProvider>()
            .CreateProtector("Microsoft.AspNetCore.Components.ComponentDescriptorSerializer,V1").ToTimeLimitedDataProtector();
        var sessions = new HashSet<string?>(StringComparer.Ordinal);
        foreach (var address in (string[])["/", "/alerts", "/administration", "/signin", "/denied", "/no/such/page"])
        {
            using var answer = await client.GetAsync(address);
            foreach (Match match in Descriptor().Matches(await answer.Content.ReadAsStringAsync()))
            {
                using var component = JsonDocument.Parse(protector.Unprotect(JsonSerializer.Deserialize<string>(match.Groups["text"].Value)!));
                var name = component.RootElement.GetProperty("typeName").GetString();
                if (name == typeof(Routes).FullName)
                {
                    var parameters = component.RootElement.GetProperty("parameterDefinitions").EnumerateArray().Select(p => p.GetProperty("name").GetString()).ToList();
                    sessions.Add(component.RootElement.GetProperty("parameterValues")[parameters.IndexOf(nameof(Routes.Session))].GetString());
                }
                else
                {
                    // It shows what the other one puts there.
                    Assert.Equal("Microsoft.AspNetCore.Components.Web.HeadOutlet", name);
                }
            }
        }

        Assert.True(Guid.TryParse(Assert.Single(sessions), out _));
    }

    [GeneratedRegex("\"descriptor\":(?<text>\"[^\"]+\")", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Descriptor();
}
