using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Security;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>What one caller holds is not held from others.</summary>
public sealed class HeldLimitsTests
{
    private const string Connections = "/api/v1/connections";
    private const string Row = """{"TimeGenerated":"2026-01-30T23:00:00Z","Computer":"vm-01","Direction":"outbound","RemoteCountry":"Chad"}""";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Bodies_SeventyTwoUnderWayOfOneKey_DelayNoOtherKeysPost()
    {
        await using var factory = new PortalFactory();
        using var slow = await factory.WithKeyAsync(ApiKeyRole.Ingest);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        using var begun = new SemaphoreSlim(0);
        var held = Enumerable.Range(0, 72).Select(async _ =>
        {
            using var body = new EndlessBody(begun);
            using var answer = await slow.PostAsync(Connections, body, stop.Token);
        }).ToList();
        await begun.WaitAsync(Cancellation);

        using var other = await factory.WithKeyAsync(ApiKeyRole.Ingest);
        using var content = new StringContent(Row, Encoding.UTF8, "application/x-ndjson");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        using var answer = await other.PostAsync(Connections, content, patience.Token);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);

        await stop.CancelAsync();
        await Task.WhenAll(held).ContinueWith(_ => { }, TaskScheduler.Default);
    }

    [Fact]
    public async Task Turns_BecomingFree_GoToWhomeverHoldsLess()
    {
        using var turns = new SomeTurns(atOnce: 2, ofOne: 1, waiting: 1);
        var greedy = await turns.EnterAsync("greedy", Cancellation);
        var another = await turns.EnterAsync("another", Cancellation);
        var again = turns.EnterAsync("greedy", Cancellation).AsTask();
        using var refused = await turns.EnterAsync("greedy", Cancellation);
        Assert.False(refused.IsAcquired);
        var third = turns.EnterAsync("third", Cancellation).AsTask();

        greedy.Dispose();
        using var lease = await third;
        Assert.True(lease.IsAcquired);
        Assert.False(again.IsCompleted);

        another.Dispose();
        using var second = await again;
        Assert.True(second.IsAcquired);
    }

    [Fact]
    public async Task Body_SlowerThanTheFloor_IsCutOff()
    {
        await using var factory = new PortalFactory();
        factory.UseKestrel(0);
        factory.StartServer();
        var key = await factory.CreateKeyAsync(ApiKeyRole.Ingest);
        using var socket = new TcpClient();
        await socket.ConnectAsync(IPAddress.Loopback, factory.ClientOptions.BaseAddress.Port, Cancellation);
        await using var stream = socket.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST {Connections} HTTP/1.1\r\nHost: localhost:{factory.ClientOptions.BaseAddress.Port}\r\nAuthorization: Bearer {key}\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000000\r\n\r\n"), Cancellation);
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        reading.CancelAfter(TimeSpan.FromSeconds(60));
        using var answered = new CancellationTokenSource();
        var sending = SendAsync(stream, answered.Token);
        var buffer = new byte[4096];
        var count = await stream.ReadAsync(buffer, reading.Token);
        await answered.CancelAsync();
        await sending;
        Assert.Contains("408", Encoding.ASCII.GetString(buffer, 0, count), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_BadTooOften_AreRefusedUnseenAndGoodOnesOfTheSameAddressGoOn()
    {
        await using var factory = new PortalFactory { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Limits:FailuresPerMinutePerAddress"] = "5" } };
        using var good = await factory.WithKeyAsync(ApiKeyRole.Reader);
        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("/api/v1/alerts/", Cancellation)).StatusCode);
        using var guesser = factory.Anonymous();
        var answers = new List<HttpStatusCode>();
        for (var n = 0; n < 8; n++)
        {
            guesser.DefaultRequestHeaders.Authorization = new("Bearer", $"rp_guess{n}");
            using var answer = await guesser.GetAsync("/api/v1/alerts/", Cancellation);
            answers.Add(answer.StatusCode);
            if (n == 7)
            {
                Assert.Equal("12", answer.Headers.GetValues("Retry-After").Single());
                var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>(Cancellation);
                Assert.Equal("Too many failures", problem!.Title);
            }
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 5), .. Enumerable.Repeat(HttpStatusCode.TooManyRequests, 3)], answers);
        Assert.Equal(HttpStatusCode.OK, (await good.GetAsync("/api/v1/alerts/", Cancellation)).StatusCode);
        // Nobody else's address pays, and neither does a person who signs in.
        using var elsewhere = new HttpRequestMessage(HttpMethod.Get, "/api/v1/alerts/") { Headers = { { "Test-Remote", "127.0.0.2" }, { "Authorization", "Bearer rp_guess" } } };
        Assert.Equal(HttpStatusCode.Unauthorized, (await guesser.SendAsync(elsewhere, Cancellation)).StatusCode);
        using var person = await factory.SignInAsAsync(PortalRoles.Reader);
        Assert.Equal(HttpStatusCode.OK, (await person.GetAsync("/", Cancellation)).StatusCode);
    }

    [Fact]
    public async Task Connections_BeyondTwiceThePagesOfOnePerson_AreRefused()
    {
        await using var factory = new PortalFactory { Settings = new Dictionary<string, string>(StringComparer.Ordinal) { ["Limits:PagesPerPerson"] = "1" } };
        using var client = factory.Anonymous();
        var cookie = await PortalFactory.SignInAsync(client, PortalRoles.Reader);
        var sockets = factory.Server.CreateWebSocketClient();
        sockets.ConfigureRequest = request => request.Headers.Cookie = cookie;
        var hub = new Uri("ws://localhost/_blazor");
        using var first = await sockets.ConnectAsync(hub, Cancellation);
        using var second = await sockets.ConnectAsync(hub, Cancellation);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => sockets.ConnectAsync(hub, Cancellation));
        Assert.EndsWith("429", refusal.Message, StringComparison.Ordinal);
    }

    private static async Task SendAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                await stream.WriteAsync(new byte[300], cancellationToken);
                await Task.Delay(TimeSpan.FromSeconds(1), TimeProvider.System, cancellationToken);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or IOException)
        {
            // It was answered, or closed.
        }
    }

    private sealed class SomeTurns(int atOnce, int ofOne, int waiting) : Turns(atOnce, ofOne, waiting);

    /// <summary>A body that begins and does not end.</summary>
    private sealed class EndlessBody : HttpContent
    {
        private readonly SemaphoreSlim begun;

        public EndlessBody(SemaphoreSlim begun)
        {
            this.begun = begun;
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(Row), cancellationToken);
            await stream.FlushAsync(cancellationToken);
            begun.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
