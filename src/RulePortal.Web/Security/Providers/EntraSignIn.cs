using Microsoft.AspNetCore.Authentication;
using Microsoft.Identity.Web;

namespace RulePortal.Web.Security.Providers;

/// <summary>The mode EntraId: Microsoft.Identity.Web signs people in and judges issuers, also of access tokens.</summary>
internal static class EntraSignIn
{
    private const string Section = "AzureAd";
    private const string OfflineAccess = "offline_access";

    public static void AddEntra(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        authentication.AddMicrosoftIdentityWebApp(configuration.GetSection(Section));
        authentication.AddMicrosoftIdentityWebApi(configuration.GetSection(Section), AccessTokens.Scheme);
        authentication.Services.AddSingleton<IIdentityProvider, EntraProvider>();
        authentication.AddProvider([OfflineAccess], configuration[Section + ":ClientId"]);
    }

    public static IEnumerable<string> Faults(IConfiguration configuration)
    {
        string[] required = ["AzureAd:Instance", "AzureAd:TenantId", "AzureAd:ClientId"];
        foreach (var key in required.Where(k => string.IsNullOrWhiteSpace(configuration[k])))
        {
            yield return $"{key} is not set; Authentication:Mode=EntraId needs it, from the app registration in Entra.";
        }

        if (string.IsNullOrWhiteSpace(configuration["AzureAd:ClientSecret"]))
        {
            yield return "AzureAd:ClientSecret is not set; Authentication:Mode=EntraId signs people in by authorization code, which needs it.";
        }
    }
}
