using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using RulePortal.Data.Security;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Protection;

internal static class ProtectionRegistration
{
    public static IServiceCollection AddProtection(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddPortalSettings<ProtectionSettings>();
        services.AddSingleton<ProtectionKeyStore>();
        services.AddOptions<KeyManagementOptions>().Configure<ProtectionKeyStore>((o, keys) => o.XmlRepository = new ProtectionKeyRepository(keys));
        var protection = services.AddDataProtection().SetApplicationName("RulePortal");
        try
        {
            if (configuration.GetSection(ProtectionSettings.Section).Get<ProtectionSettings>()?.Load() is { } certificate)
            {
                protection.ProtectKeysWithCertificate(certificate);
            }
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            // Told by the settings' own check, which comes before anything is protected.
        }

        return services;
    }
}
