using RulePortal.Web.Shell.Settings;

namespace RulePortal.Web.Security;

/// <summary>What a mode of signing in demands of the rest of the configuration.</summary>
internal sealed class SignInCheck(IConfiguration configuration, IHostEnvironment environment) : ISettingsCheck
{
    private const string Key = "Authentication:Mode";

    public IEnumerable<string> Faults() => SignInSettings.ModeOf(configuration) switch
    {
        SignInMode.Development => DevelopmentFaults(),
        SignInMode.EntraId => EntraFaults(),
        _ => [],
    };

    private IEnumerable<string> DevelopmentFaults()
    {
        if (!environment.IsDevelopment())
        {
            yield return $"{Key} is Development, which lets anybody in: it is allowed only when ASPNETCORE_ENVIRONMENT is Development (it is {environment.EnvironmentName}). Set {Key}=EntraId.";
        }

        foreach (var (key, address) in ListeningAddresses.Of(configuration).Where(a => !ListeningAddresses.IsLoopback(a.Address)))
        {
            yield return $"{Key} is Development, which lets anybody in: it is allowed only on loopback, and {key} is '{address}'. Use http://127.0.0.1:PORT, or set {Key}=EntraId.";
        }

        if (!string.IsNullOrWhiteSpace(configuration["Proxies:Trusted"]))
        {
            yield return $"{Key} is Development, which lets anybody in: it is not allowed behind a proxy, and Proxies:Trusted names one. Unset it, or set {Key}=EntraId.";
        }
    }

    private IEnumerable<string> EntraFaults()
    {
        string[] required = ["AzureAd:Instance", "AzureAd:TenantId", "AzureAd:ClientId"];
        foreach (var key in required.Where(k => string.IsNullOrWhiteSpace(configuration[k])))
        {
            yield return $"{key} is not set; {Key}=EntraId needs it, from the app registration in Entra.";
        }

        if (string.IsNullOrWhiteSpace(configuration["AzureAd:ClientSecret"])
            && !configuration.GetSection("AzureAd:ClientCredentials").GetChildren().Any()
            && !configuration.GetSection("AzureAd:ClientCertificates").GetChildren().Any())
        {
            yield return $"AzureAd:ClientSecret is not set, nor AzureAd:ClientCredentials; {Key}=EntraId signs people in by authorization code, which needs one of them.";
        }
    }
}
