using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security.Providers;

namespace RulePortal.Web.Security;

/// <summary>What a mode of signing in demands of the rest of the configuration.</summary>
internal sealed class SignInCheck(IConfiguration configuration, IHostEnvironment environment) : ISettingsCheck
{
    public IEnumerable<string> Faults() => GroupFaults().Concat(SignInSettings.ModeOf(configuration) switch
    {
        SignInMode.Development => DevelopmentSignIn.Faults(configuration, environment),
        SignInMode.EntraId => EntraSignIn.Faults(configuration),
        SignInMode.OpenIdConnect => OpenIdConnectSettings.Missing(configuration),
        _ => [],
    });

    // An array would be bound to nothing, and nobody would see why nobody gets in.
    private IEnumerable<string> GroupFaults() => configuration.GetSection("Authentication:Groups").GetChildren()
        .Where(role => role.GetChildren().Any())
        .Select(role => $"{role.Path} is an array; write it as one text, with ; between the groups.");
}
