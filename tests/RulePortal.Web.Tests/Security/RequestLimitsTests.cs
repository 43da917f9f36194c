using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Mvc;
using RulePortal.Data.Security;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

public sealed class RequestLimitsTests
{
    private const string Path = "/api/v1/alerts/";

    [Fact]
    public async Task Caller_OverTheLimit_IsToldWhenToComeBackAndOthersAreServed()
    {
        await using var factory = new PortalFactory { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Limits:RequestsPerMinutePerCaller"] = "60" } };
        using var busy = await factory.WithKeyAsync(ApiKeyRole.Reader);
        using var other = await factory.WithKeyAsync(ApiKeyRole.Reader);

        using var refused = await FirstRefusalAsync(busy, Path, "127.0.0.1");

        Assert.InRange(int.Parse(refused.Headers.GetValues("Retry-After").Single(), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        var problem = await refused.Content.ReadFromJsonAsync<ProblemDetails>(TestContext.Current.CancellationToken);
        Assert.Equal(("Too many requests", 429), (problem!.Title, problem.Status));
        Assert.Contains("60 requests a minute from this caller", problem.Detail, StringComparison.Ordinal);
        using var served = await other.GetAsync(Path, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    [Fact]
    public async Task Address_GuessingKeys_IsStoppedAndOthersAreServed()
    {
        await using var factory = new PortalFactory { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Limits:RequestsPerMinutePerAddress"] = "60", ["Limits:FailuresPerMinutePerAddress"] = "1000" } };
        using var client = factory.Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", "rp_guess");

        using var refused = await FirstRefusalAsync(client, Path, "127.0.0.1");

        using var other = new HttpRequestMessage(HttpMethod.Get, Path) { Headers = { { "Test-Remote", "127.0.0.2" } } };
        using var answer = await client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7")]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7")]
    [InlineData("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64")]
    [InlineData("2001:db8:1:2::9", "2001:db8:1:2::/64")]
    public void Network_OfAnAddress_IsWhatOneSubscriberHas(string address, string expected) => Assert.Equal(expected, RequestLimits.Network(IPAddress.Parse(address)));

    [Fact]
    public void Network_NoAddress_IsOneForAll() => Assert.Equal("unknown", RequestLimits.Network(null));

    private static async Task<HttpResponseMessage> FirstRefusalAsync(HttpClient client, string path, string remote)
    {
        for (var n = 0; n < 200; n++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Test-Remote", remote } } };
            var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            if (answer.StatusCode is HttpStatusCode.TooManyRequests)
            {
                Assert.InRange(n, 60, 199);
                return answer;
            }

            answer.Dispose();
        }

        throw new InvalidOperationException("Nothing was refused.");
    }
}
