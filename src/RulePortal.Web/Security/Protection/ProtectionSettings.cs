using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Protection;

/// <summary>The certificate that encrypts the keys of cookies and tokens where they are stored.</summary>
internal sealed class ProtectionSettings : IPortalSettings
{
    public static string Section => "DataProtection";

    /// <summary>A PKCS #12 file with an RSA certificate and its private key, the same on every node. Unset: the keys are stored as they are.</summary>
    public string? CertificatePath { get; set; }

    public string? CertificatePassword { get; set; }

    /// <summary>The certificate, or null where none is named.</summary>
    /// <exception cref="CryptographicException">The file is missing, is no PKCS #12 file, or the password does not open it.</exception>
    public X509Certificate2? Load() => string.IsNullOrWhiteSpace(CertificatePath)
        ? null
        : X509CertificateLoader.LoadPkcs12FromFile(CertificatePath, CertificatePassword);

    public IEnumerable<string> Faults()
    {
        if (string.IsNullOrWhiteSpace(CertificatePath))
        {
            return string.IsNullOrEmpty(CertificatePassword) ? [] : ["DataProtection:CertificatePassword is set, and DataProtection:CertificatePath is not; name the PKCS #12 file it opens."];
        }

        try
        {
            using var certificate = Load();
            using var key = certificate?.GetRSAPrivateKey();
            return key is null ? [$"DataProtection:CertificatePath is '{CertificatePath}', which holds no RSA private key; name a PKCS #12 file with certificate and key."] : [];
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException)
        {
            return [$"DataProtection:CertificatePath is '{CertificatePath}', which cannot be opened ({e.Message.ReplaceLineEndings(" ").TrimEnd('.')}); name a PKCS #12 file that DataProtection:CertificatePassword opens."];
        }
    }
}
