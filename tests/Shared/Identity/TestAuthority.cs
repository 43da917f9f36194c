using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace RulePortal.TestSupport.Identity;

/// <summary>A certificate authority that lives as long as a test, and one certificate of it for this machine's loopback.</summary>
internal sealed class TestAuthority : IDisposable
{
    public const string Password = "test";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ruleportal-ca-");

    public TestAuthority()
    {
        var now = TimeProvider.System.GetUtcNow();
        using var authorityKey = RSA.Create(2048);
        var request = new CertificateRequest("CN=RulePortal test authority", authorityKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, critical: true));
        using var authority = request.CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllText(AuthorityFile, authority.ExportCertificatePem());

        using var key = RSA.Create(2048);
        var own = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        own.CertificateExtensions.Add(names.Build());
        own.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], critical: false));
        using var signed = own.Create(authority, now.AddDays(-1), now.AddHours(12), RandomNumberGenerator.GetBytes(16));
        using var whole = signed.CopyWithPrivateKey(key);
        File.WriteAllBytes(CertificateFile, whole.Export(X509ContentType.Pfx, Password));
    }

    /// <summary>What a process has to trust.</summary>
    public string AuthorityFile => Path.Combine(directory.FullName, "ca.pem");

    /// <summary>Certificate and key for localhost and 127.0.0.1.</summary>
    public string CertificateFile => Path.Combine(directory.FullName, "localhost.pfx");

    public X509Certificate2 LoadCertificate() => X509CertificateLoader.LoadPkcs12FromFile(CertificateFile, Password);

    public void Dispose() => directory.Delete(recursive: true);
}
