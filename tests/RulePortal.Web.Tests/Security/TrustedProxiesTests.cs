using System.Net;
using RulePortal.Web.Security.Proxies;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>Where a request came from is believed of the proxies that are named.</summary>
public sealed class TrustedProxiesTests : IAsyncDisposable
{
    private readonly PortalFactory factory = new()
    {
        Environment = "Production",
        Settings = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Authentication:Mode"] = "EntraId",
            ["AzureAd:TenantId"] = Guid.Empty.ToString(),
            ["AzureAd:ClientId"] = Guid.Empty.ToString(),
            ["AzureAd:ClientSecret"] = "secret",
            ["Proxies:Trusted"] = "10.0.0.4; 10.1.0.0/16",
            ["https_port"] = "443",
        },
    };

    public ValueTask DisposeAsync() => factory.DisposeAsync();

    [Theory]
    [InlineData("10.0.0.4", "192.0.2.1", HttpStatusCode.OK)]
    [InlineData("10.1.2.3", "192.0.2.1, 10.0.0.4", HttpStatusCode.OK)]
    [InlineData("10.0.0.5", "192.0.2.1", HttpStatusCode.RedirectKeepVerb)]
    [InlineData("127.0.0.1", "192.0.2.1", HttpStatusCode.RedirectKeepVerb)]
    public async Task Scheme_SaidByAProxy_IsBelievedOfThoseNamed(string from, string client, HttpStatusCode expected)
    {
        using var http = factory.CreateClient(new() { AllowAutoRedirect = false, BaseAddress = new Uri("http://portal.example") });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/health/live");
        request.Headers.Add("Test-Remote", from);
        request.Headers.Add("X-Forwarded-For", client);
        request.Headers.Add("X-Forwarded-Proto", client.Contains(',', StringComparison.Ordinal) ? "https, https" : "https");

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, answer.StatusCode);
    }

    [Theory]
    [InlineData("10.0.0.4", 0)]
    [InlineData("10.0.0.0/24;2001:db8::1", 0)]
    [InlineData("", 0)]
    [InlineData("proxy", 1)]
    [InlineData("10.0.0.0/33;10.0.0.300", 2)]
    [InlineData("0.0.0.0/0", 1)]
    [InlineData("::/0", 1)]
    public void Faults_OfTheList_NameEachPart(string trusted, int faults) => Assert.Equal(faults, new ProxySettings { Trusted = trusted }.Faults().Count());

    [Fact]
    public async Task Start_FrameworksSwitchThatBelievesEverybody_IsRefused()
    {
        using var folder = new TemporaryFolder();
        await using var error = new StringWriter();

        var exit = await CommandLineRoot.RunAsync(["--environment=Development", "--ForwardedHeaders_Enabled=true", "--Storage:DataDirectory=" + folder.FullName], TextWriter.Null, error);

        Assert.Equal(1, exit);
        Assert.Contains("ASPNETCORE_FORWARDEDHEADERS_ENABLED is true, which believes whoever sends the header", error.ToString(), StringComparison.Ordinal);
    }
}
