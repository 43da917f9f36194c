using System.Globalization;
using System.Net;
using System.Text;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.EndToEnd.Tests.Hosting;

namespace RulePortal.EndToEnd.Tests.Faults;

/// <summary>A disk that is full, takes no writes, or a database that somebody locks: the portal says so, waits, and goes on by itself.</summary>
public sealed class DiskTests
{
    private const int Hours = 12;

    [Fact]
    public async Task DiskFull_WhileImporting_IsSaidAndTheRepeatedImportCompletes()
    {
        const int Rows = 200_000;
        using var disk = SmallDisk.Mount(megabytes: 12);
        using var elsewhere = FaultStore.Empty();
        using var store = await FaultStore.CreateAsync(disk.Directory);
        var file = Path.Combine(elsewhere.Directory, "rows.ndjson");
        await using (var writer = new StreamWriter(file))
        {
            for (var row = 0; row < Rows; row++)
            {
                await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"TimeGenerated":"2026-01-{{1 + (row % 28):00}}T{{row % 24:00}}:00:00Z","Computer":"vm-{{row % 99}}","Direction":"outbound","ProcessName":"nc","BytesSent":{{row}},"RemoteCountry":"Belarus"}"""));
            }
        }

        string[] import = ["import", file, "--batch-rows", "20000"];
        var (full, said) = await PortalProcess.RunAsync(disk.Directory, import);
        Assert.Equal(1, full);
        Assert.Contains("full", said, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("Unhandled exception", said, StringComparison.Ordinal);
        disk.Grow(megabytes: 200);
        await store.BeSoundAsync("the disk was full");

        var (done, output) = await PortalProcess.RunAsync(disk.Directory, import);

        Assert.True(done == 0, output);
        Assert.Equal(Rows, await store.CountAsync("SELECT COUNT(DISTINCT BytesSent) FROM Connections"));
        await store.BeSoundAsync("the import was repeated");
    }

    [Fact]
    public async Task DiskFull_WhileServing_IsSaidAndWaitedFor()
    {
        using var disk = SmallDisk.Mount(megabytes: 64);
        using var store = await FaultStore.CreateAsync(disk.Directory);
        var key = await KeyAsync(store);
        await using var portal = await PortalProcess.ServeAsync(disk.Directory);
        using var client = new HttpClient { BaseAddress = portal.Address, Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = new("Bearer", key);
        Assert.Equal(HttpStatusCode.Created, await PostAsync(client, "before", 10));

        var filler = disk.Fill();
        Assert.Equal(HttpStatusCode.InsufficientStorage, await PostAsync(client, "during", 20_000));
        using (var alive = await client.GetAsync("/health/live"))
        {
            Assert.Equal(HttpStatusCode.OK, alive.StatusCode);
        }

        Assert.False(portal.HasEnded);
        File.Delete(filler);

        Assert.Equal(HttpStatusCode.Created, await PostAsync(client, "during", 20_000));
        await store.BeSoundAsync("the disk was full under a serving portal");
        Assert.Equal(2, await store.CountAsync("SELECT COUNT(*) FROM ConnectionBatches"));
    }

    [Fact]
    public async Task DirectoryReadOnly_StartAndVerbs_AreRefusedInAPlainSentence()
    {
        using var disk = SmallDisk.Mount(megabytes: 24);
        using var store = await FaultStore.CreateAsync(disk.Directory);
        disk.SetReadOnly(true);
        foreach (string[] verb in new string[][] { ["--urls", "http://127.0.0.1:0"], ["import", store.File], ["doctor"] })
        {
            var (exit, said) = await PortalProcess.RunAsync(disk.Directory, verb);

            Assert.Equal(1, exit);
            Assert.Contains("cannot be written to", said, StringComparison.Ordinal);
            Assert.Contains("Storage:DataDirectory", said, StringComparison.Ordinal);
        }

        disk.SetReadOnly(false);
        await store.BeSoundAsync("the folder was read-only");
    }

    [Fact]
    public async Task DatabaseLockedForAMinute_WhileServing_NothingIsLost()
    {
        using var store = await FaultStore.CreateAsync();
        var lastEnd = await store.MissWindowsAsync(Hours);
        var key = await KeyAsync(store);
        Task<HttpStatusCode>? posted = null;
        await using var portal = await LockedAsync();
        Assert.Equal(HttpStatusCode.Created, await posted!);
        await FaultStore.UntilAsync(
            async () => await store.CountAsync($"SELECT COUNT(*) FROM RuleWindows WHERE Status = 2 AND EndUtc <= '{lastEnd:yyyy-MM-dd HH:mm:ss}'") == Hours, portal, seconds: 400);
        await portal.KillAsync();
        await store.BeSoundAsync("a minute's lock");
        Assert.Equal(Hours, await store.CountAsync($"SELECT COUNT(*) FROM Alerts WHERE WindowEndUtc <= '{lastEnd:yyyy-MM-dd HH:mm:ss}'"));

        async Task<PortalProcess> LockedAsync()
        {
            var started = await PortalProcess.ServeAsync(store.Directory);
            await using var db = store.CreateDbContext();
            await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
            var client = new HttpClient { BaseAddress = started.Address, Timeout = TimeSpan.FromMinutes(5) };
            client.DefaultRequestHeaders.Authorization = new("Bearer", key);
            posted = PostAsync(client, "locked", 10);
            await Task.Delay(TimeSpan.FromMinutes(1));
            return started;
        }
    }

    private static async Task<string> KeyAsync(FaultStore store) =>
        (await new ApiKeyStore(store, TimeProvider.System).CreateAsync("collector", ApiKeyRole.Ingest, expiresUtc: null, Actor.System, CancellationToken.None))!;

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string key, int rows)
    {
        var lines = Enumerable.Range(0, rows).Select(row => $$"""{"TimeGenerated":"2026-01-01T00:00:00Z","Computer":"vm-{{row}}","Direction":"outbound","ProcessName":"{{new string('x', 200)}}{{row}}"}""");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/connections") { Content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return answer.StatusCode;
    }
}
