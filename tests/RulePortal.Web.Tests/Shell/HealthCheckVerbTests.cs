using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Tests.Shell;

public sealed class HealthCheckVerbTests
{
    [Theory]
    [InlineData(null, null, "http://127.0.0.1:8080/health/ready")]
    [InlineData("", "5000", "http://127.0.0.1:5000/health/ready")]
    [InlineData("8443", "", "https://127.0.0.1:8443/health/ready")]
    [InlineData("8443;9443", "8080", "https://127.0.0.1:8443/health/ready")]
    public void Address_ByTheContainersPorts_IsLoopback(string? https, string? http, string expected) =>
        Assert.Equal(expected, HealthCheckVerb.Address(https, http).AbsoluteUri);

    [Theory]
    [InlineData(StatusCodes.Status200OK, true)]
    [InlineData(StatusCodes.Status503ServiceUnavailable, false)]
    [InlineData(StatusCodes.Status307TemporaryRedirect, false)]
    public async Task Ask_Answer_IsReadyOnlyWhenItSaysSo(int status, bool ready)
    {
        await using var server = WebApplication.Create();
        server.Urls.Add("http://127.0.0.1:0");
        server.MapGet("/health/ready", () => Results.StatusCode(status));
        await server.StartAsync();

        var answer = await HealthCheckVerb.AskAsync(new Uri(new Uri(server.Urls.Single()), "/health/ready"), CancellationToken.None);

        Assert.Equal(ready, answer.Ready);
        Assert.Contains($"{status}", answer.Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ask_NobodyListens_IsNotReady()
    {
        var answer = await HealthCheckVerb.AskAsync(new Uri("http://127.0.0.1:1/health/ready"), CancellationToken.None);

        Assert.False(answer.Ready);
        Assert.Contains("does not answer", answer.Sentence, StringComparison.Ordinal);
    }
}
