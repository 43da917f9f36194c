using Bunit;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Web.Features.Administration.Settings;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class SettingsPageTests : PageContext
{
    [Fact]
    public void Page_Settings_ShowsValuesAndWhereTheyComeFromButNoSecret()
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal) { ["AzureAd:ClientSecret"] = "hush-hush", ["Audit:Retention"] = "100.00:00:00" };
        Services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(values).Build());
        SignIn("Administrator");

        var page = RenderPage<SettingsPage>();

        Assert.StartsWith("2 of ", page.Find(".page-header-subtitle").TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("hush", page.Markup, StringComparison.Ordinal);
        string Row(string key) => page.FindAll("tbody tr").Single(row => row.QuerySelector("code")!.TextContent == key).TextContent;
        Assert.Contains("set, not shown", Row("AzureAd:ClientSecret"), StringComparison.Ordinal);
        Assert.Contains("100.00:00:00", Row("Audit:Retention"), StringComparison.Ordinal);
        Assert.Contains("none", Row("AzureAd:TenantId"), StringComparison.Ordinal);
        Assert.Contains("default", Row("Scheduling:Workers"), StringComparison.Ordinal);
    }
}
