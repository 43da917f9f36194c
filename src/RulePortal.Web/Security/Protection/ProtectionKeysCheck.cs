using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.Extensions.Options;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Security.Protection;

/// <summary>Whether this process can read the store's keys. One that cannot would make keys of its own, and nodes would refuse each other's sessions.</summary>
internal static class ProtectionKeysCheck
{
    /// <exception cref="StartRefusedException">Some key cannot be read here.</exception>
    public static void Demand(IServiceProvider services)
    {
        var unreadable = services.GetRequiredService<IKeyManager>().GetAllKeys().Count(k => !k.IsRevoked && !CanRead(k));
        if (unreadable == 0)
        {
            return;
        }

        var named = services.GetRequiredService<IOptions<ProtectionSettings>>().Value.CertificatePath;
        var keys = string.Create(CultureInfo.InvariantCulture, $"{unreadable} key(s) in the table ProtectionKeys, which protect sessions");
        throw new StartRefusedException(string.IsNullOrWhiteSpace(named)
            ? $"{keys}, are encrypted with a certificate, and DataProtection:CertificatePath is not set. Name the certificate that the other nodes use."
            : $"{keys}, cannot be decrypted with the certificate of DataProtection:CertificatePath. Name the certificate they were encrypted with, or empty the table, which signs everybody out.");
    }

    private static bool CanRead(IKey key)
    {
        try
        {
            return key.CreateEncryptor() is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
