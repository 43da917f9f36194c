using RulePortal.Web.Security;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>Signing in without a password never starts where somebody else could reach it.</summary>
public sealed class SignInRefusalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        error.Dispose();
    }

    [Theory]
    [InlineData("--environment=Production")]
    [InlineData("--environment=Staging")]
    [InlineData("--environment=Development", "--urls=http://0.0.0.0:0")]
    [InlineData("--environment=Development", "--urls=http://127.0.0.1:0;http://*:0")]
    [InlineData("--environment=Development", "--urls=http://10.1.2.3:0")]
    [InlineData("--environment=Development", "--urls=http://localhost.example.org:0")]
    [InlineData("--environment=Development", "--urls=http://unix:/run/portal.sock")]
    [InlineData("--environment=Development", "--http_ports=0")]
    [InlineData("--environment=Development", "--https_ports=0")]
    [InlineData("--environment=Development", "--Kestrel:Endpoints:Here:Url=http://[::]:0")]
    [InlineData("--environment=Development", "--Proxies:Trusted=127.0.0.1")]
    public async Task Start_DevelopmentModeWhereOthersCouldReachIt_IsRefusedAndNamesTheKey(params string[] args)
    {
        var exit = await CommandLineRoot.RunAsync([.. args, "--Authentication:Mode=Development", "--Storage:DataDirectory=" + folder.FullName], TextWriter.Null, error);

        Assert.Equal(1, exit);
        Assert.StartsWith("Authentication:Mode is Development", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", error.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(folder.File("portal.db")));
    }

    [Fact]
    public async Task Start_EntraIdWithoutItsSettings_NamesEachKey()
    {
        var exit = await CommandLineRoot.RunAsync(
            ["--environment=Production", "--Authentication:Mode=EntraId", "--Authentication:Roles:Reader=", "--Storage:DataDirectory=" + folder.FullName], TextWriter.Null, error);

        Assert.Equal(1, exit);
        Assert.Contains("Authentication:Roles:Reader is empty", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("AzureAd:TenantId is not set", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("AzureAd:ClientId is not set", error.ToString(), StringComparison.Ordinal);
        Assert.Contains("AzureAd:ClientSecret is not set", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost", true)]
    [InlineData("http://localhost:5080", true)]
    [InlineData("https://127.0.0.1:5080", true)]
    [InlineData("http://127.8.9.10:5080", true)]
    [InlineData("http://[::1]:5080", true)]
    [InlineData("http://0.0.0.0:5080", false)]
    [InlineData("http://[::]:5080", false)]
    [InlineData("http://*:5080", false)]
    [InlineData("http://+:5080", false)]
    [InlineData("http://portal:5080", false)]
    [InlineData("*:5080", false)]
    [InlineData("", false)]
    public void IsLoopback_Address_OnlyThisMachine(string address, bool expected) => Assert.Equal(expected, ListeningAddresses.IsLoopback(address));
}
