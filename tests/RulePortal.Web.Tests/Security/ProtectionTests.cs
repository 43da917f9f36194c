using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Security;
using RulePortal.Web.Kit;
using RulePortal.Web.Security.Protection;
using RulePortal.Web.Shell;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Storage;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>The keys of cookies and tokens: shared through the database, encrypted there when a certificate is named.</summary>
public sealed class ProtectionTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Keys_OfOneProcess_AreReadByAnother()
    {
        await using var first = await NodeAsync();
        var secret = first.GetDataProtector("test").Protect("hello");

        await using var second = await NodeAsync();
        Assert.Equal("hello", second.GetDataProtector("test").Unprotect(secret));
        Assert.Single(second.GetRequiredService<ProtectionKeyStore>().ReadAll());
    }

    [Fact]
    public async Task Keys_WithACertificate_AreEncryptedAtRestAndReadOnEveryNodeThatHasIt()
    {
        var certificate = Certificate("one");
        await using var first = await NodeAsync(certificate);
        var secret = first.GetDataProtector("test").Protect("hello");
        var xml = Assert.Single(first.GetRequiredService<ProtectionKeyStore>().ReadAll()).Xml;
        Assert.Contains("EncryptedData", xml, StringComparison.Ordinal);
        Assert.DoesNotContain("masterKey", xml, StringComparison.Ordinal);

        await using var second = await NodeAsync(certificate);
        Assert.Equal("hello", second.GetDataProtector("test").Unprotect(secret));
    }

    [Theory]
    [InlineData(false, "is not set")]
    [InlineData(true, "cannot be decrypted")]
    public async Task Start_WithoutTheRightCertificate_IsRefusedAndNoKeyIsMade(bool another, string words)
    {
        await using (var first = await NodeAsync(Certificate("one")))
        {
            first.GetDataProtector("test").Protect("hello");
        }

        var refused = await Assert.ThrowsAsync<StartRefusedException>(() => NodeAsync(another ? Certificate("two") : null));
        Assert.Contains("1 key(s)", refused.Message, StringComparison.Ordinal);
        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains("DataProtection:CertificatePath", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("absent.pfx", "secret", "cannot be opened")]
    [InlineData("one.pfx", "wrong", "cannot be opened")]
    [InlineData("", "secret", "DataProtection:CertificatePassword is set")]
    public async Task Start_CertificateThatCannotBeUsed_IsRefusedAndNamesTheKey(string file, string password, string words)
    {
        Certificate("one");
        using var error = new StringWriter();
        var exit = await CommandLineRoot.RunAsync(
            [.. Arguments, "--DataProtection:CertificatePath=" + (file.Length == 0 ? "" : folder.File(file)), "--DataProtection:CertificatePassword=" + password], TextWriter.Null, error);

        Assert.Equal(1, exit);
        Assert.StartsWith("DataProtection:Certificate", error.ToString(), StringComparison.Ordinal);
        Assert.Contains(words, error.ToString(), StringComparison.Ordinal);
    }

    private string[] Arguments => ["--environment=Development", "--urls=http://127.0.0.1:0", "--Storage:DataDirectory=" + folder.FullName];

    private async Task<Node> NodeAsync(string? certificate = null)
    {
        var builder = WebApplication.CreateBuilder(certificate is null ? Arguments : [.. Arguments, "--DataProtection:CertificatePath=" + certificate, "--DataProtection:CertificatePassword=secret"]);
        builder.Services.AddCore().AddProtection(builder.Configuration);
        var app = builder.Build();
        try
        {
            await app.Services.GetRequiredService<StorePreparation>().ForVerbAsync(default);
            ProtectionKeysCheck.Demand(app.Services);
            return new Node(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    private string Certificate(string name)
    {
        using var rsa = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var certificate = new CertificateRequest("CN=" + name, rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        File.WriteAllBytes(folder.File(name + ".pfx"), certificate.Export(X509ContentType.Pfx, "secret"));
        return folder.File(name + ".pfx");
    }

    /// <summary>The application's services, not started.</summary>
    private sealed class Node(WebApplication app) : IServiceProvider, IAsyncDisposable
    {
        public object? GetService(Type serviceType) => app.Services.GetService(serviceType);

        public ValueTask DisposeAsync() => app.DisposeAsync();
    }
}
