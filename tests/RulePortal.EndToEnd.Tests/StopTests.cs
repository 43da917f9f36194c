using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.Web.Features.Connections;
using RulePortal.Web.Features.RuleRuns;

namespace RulePortal.EndToEnd.Tests;

/// <summary>SIGTERM in the middle of work: what runs is ended or handed back, and what is left to say is said.</summary>
public sealed class StopTests : IDisposable
{
    private const int Rows = 20_000;

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-stop-").FullName;

    [Fact]
    public async Task ToldToStop_WhileEvaluatingAndTakingAnUpload_EndsBothAndLeavesTheStoreInOrder()
    {
        using var collector = new HttpListener();
        var port = FreePort();
        collector.Prefixes.Add($"http://127.0.0.1:{port}/");
        collector.Start();
        var signals = new List<(string Path, bool AfterStop)>();
        var isStopping = false;
        var collecting = CollectAsync(collector, path =>
        {
            lock (signals)
            {
                signals.Add((path, isStopping));
            }
        });
        var (exit, made) = await PortalProcess.RunAsync(directory, "apikey", "create", "--name", "collector", "--role", "Ingest");
        Assert.True(exit == 0, made);
        var key = made.Split('\n').Last(line => line.StartsWith("rp_", StringComparison.Ordinal));

        // The demo has two days of windows to fill when it starts.
        await using var portal = await PortalProcess.ServeAsync(
            directory, "--demo", "--Storage:DataDirectory=" + directory, $"--Telemetry:Endpoint=http://127.0.0.1:{port}",
            "--Logging:Console:FormatterName=json", "--Logging:Console:FormatterOptions:IncludeScopes=true", "--Logging:LogLevel:RulePortal=Information");
        using var upload = new Trickle();
        using var client = new HttpClient { BaseAddress = portal.Address, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        var answer = client.PostAsync("/api/v1/connections", upload, TestContext.Current.CancellationToken);
        await upload.HalfSent;
        await UntilAsync(() => Query("SELECT COUNT(*) FROM RuleAttempts") > 0, portal);

        isStopping = true;
        portal.Terminate();
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);
        upload.SendRest();

        Assert.Equal(HttpStatusCode.Created, (await answer).StatusCode);
        Assert.Equal(0, await portal.ExitAsync());
        collector.Stop();
        await collecting;
        Assert.Equal(Rows, Query($"SELECT RowCount FROM ConnectionBatches WHERE Origin = 0"));
        Assert.Equal(0, Query("SELECT COUNT(*) FROM RuleWindows WHERE Status = 1"));
        Assert.Equal(0, Query("SELECT COUNT(*) FROM RuleAttempts WHERE Outcome = 0"));
        Assert.Contains(signals, signal => signal is { Path: "/v1/metrics", AfterStop: true });
        Assert.Contains(signals, signal => signal.Path == "/v1/traces");
        Assert.Contains(signals, signal => signal.Path == "/v1/logs");
        AssertLogs(portal.Output);
        var (doctor, said) = await PortalProcess.RunAsync(directory, "doctor");
        Assert.True(doctor == 0, said);
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Every line that is logged is one JSON object, and an evaluation's says which rule, window and attempt it is about.</summary>
    private static void AssertLogs(string output)
    {
        List<JsonElement> lines = [.. output.Split('\n').Where(line => line.StartsWith('{')).Select(line => JsonElement.Parse(line))];
        Assert.Empty(lines.Where(line => line.GetProperty("LogLevel").GetString() is "Error" or "Critical").Select(line => line.GetRawText()));
        var evaluated = lines.First(line => line.GetProperty("Category").GetString() == "RulePortal.Web.Features.RuleRuns.RuleRunner");
        var scope = evaluated.GetProperty("Scopes").EnumerateArray().Single(scope => scope.TryGetProperty("Attempt", out _));
        Assert.Equal("1c408090-0320-44d5-aba8-e55500c2cfad", scope.GetProperty("RuleId").GetString());
        Assert.True(scope.TryGetProperty("WindowEnd", out _));
        var stored = lines.First(line => line.GetProperty("Category").GetString() == "RulePortal.Web.Features.Connections.IngestGate");
        Assert.Equal(Rows, stored.GetProperty("State").GetProperty("Stored").GetInt32());
    }

    private static async Task CollectAsync(HttpListener collector, Action<string> note)
    {
        try
        {
            while (true)
            {
                var context = await collector.GetContextAsync();
                note(context.Request.Url!.AbsolutePath);
                await context.Request.InputStream.CopyToAsync(Stream.Null);
                context.Response.Close();
            }
        }
        catch (Exception e) when (e is HttpListenerException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static async Task UntilAsync(Func<bool> condition, PortalProcess portal)
    {
        for (var tick = 0; !condition(); tick++)
        {
            Assert.True(tick < 12_000, $"After 2 min nothing was evaluated:\n{portal.Output}");
            await Task.Delay(TimeSpan.FromMilliseconds(10));
        }
    }

    private long Query(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(directory, "portal.db")};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    /// <summary>Sends half of its rows, and the rest when it is told to. Half is more than sockets keep for whoever does not read: once it is sent, the portal is reading.</summary>
    private sealed class Trickle : HttpContent
    {
        private static readonly string Padding = new('x', 2_000);

        private readonly TaskCompletionSource half = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource rest = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Trickle() => Headers.ContentType = new MediaTypeHeaderValue("application/x-ndjson");

        public Task HalfSent => half.Task;

        public void SendRest() => rest.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await WriteAsync(stream, 0, Rows / 2);
            half.SetResult();
            await rest.Task;
            await WriteAsync(stream, Rows / 2, Rows);
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        private static async Task WriteAsync(Stream stream, int from, int to)
        {
            for (var row = from; row < to; row++)
            {
                var line = string.Create(CultureInfo.InvariantCulture, $$"""{"TimeGenerated":"2026-01-{{1 + (row % 28):00}}T{{row % 24:00}}:00:00Z","Computer":"vm-01","Direction":"outbound","ProcessName":"nc","SourceIp":"10.0.0.4","DestinationIp":"203.0.113.10","DestinationPort":443,"BytesSent":{{row}},"RemoteCountry":"Belarus","AdditionalInformation":"{{Padding}}"}""");
                await stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"));
            }

            await stream.FlushAsync();
        }
    }
}
