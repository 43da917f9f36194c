using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Security;
using RulePortal.Detection.Connections;
using RulePortal.Tests.Connections;
using RulePortal.Web.Features.RuleRuns;

namespace RulePortal.Web.Tests.Faults;

/// <summary>Batches that come twice, late, out of order, from ten clients at once: what is stored is each batch once, and nothing is alerted twice.</summary>
[Trait("Speed", "Slow")]
public sealed class BatchOrderTests
{
    private static readonly DateTime Start = new(2026, 3, 10, 10, 20, 0, DateTimeKind.Utc);

    public static TheoryData<int> Seeds => FaultSeeds.All;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Batches_TwiceLateAndOutOfOrder_AreStoredOnceAndAlertOnce(int seed)
    {
        var random = new Random(seed);
        var clock = new SteppingClock(Start);
        await using var portal = await FaultPortal.CreateAsync(clock);
        var hours = Enumerable.Range(0, 12).ToArray();
        var sent = new HashSet<int>();
        for (var round = 0; round < 12; round++)
        {
            clock.Step(TimeSpan.FromHours(1));
            random.Shuffle(hours);
            foreach (var hour in hours.Take(random.Next(1, 6)).Where(hour => Start.AddHours(hour) <= clock.Utc))
            {
                var result = await portal.ImportAsync($"hour {hour}", Rows(hour));
                Assert.Equal(sent.Add(hour) ? BatchStatus.Stored : BatchStatus.AlreadyStored, result.Status);
                Assert.Equal(BatchStatus.Conflict, (await portal.ImportAsync($"hour {hour}", Rows(hour).Skip(1))).Status);
            }

            await portal.TickAsync();
            await portal.Get<RunNowService>().RunAsync(FaultPortal.RuleId, Actor.System, CancellationToken.None);
        }

        await portal.BeSoundAsync();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        Assert.Equal((31 * 24) + (sent.Count * 6), await db.Connections.CountAsync());
        Assert.Equal(await db.Alerts.CountAsync(), await db.Alerts.Select(alert => alert.WindowEndUtc).Distinct().CountAsync());
    }

    [Fact]
    public async Task TenClients_IngestingWhileRulesRun_EveryBatchIsWholeAndThereOnce()
    {
        const int Clients = 10;
        const int Batches = 12;
        var clock = new SteppingClock(Start);
        await using var portal = await FaultPortal.CreateAsync(clock);
        clock.Step(TimeSpan.FromHours(24));
        var key = await portal.Factory.CreateKeyAsync(ApiKeyRole.Ingest);
        var clients = Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(() => SendAsync(portal, key, client, Batches))));
        while (!clients.IsCompleted)
        {
            await portal.TickAsync();
            clock.Step(TimeSpan.FromHours(1));
            await Task.Yield();
        }

        var stored = (await clients).Sum();

        // Each batch was sent by two clients, under the same key.
        Assert.Equal(Clients * Batches / 2, stored);
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        Assert.Equal((31 * 24) + (Clients * Batches / 2 * 50), await db.Connections.CountAsync());
        await portal.BeSoundAsync();
    }

    private static async Task<int> SendAsync(FaultPortal portal, string key, int client, int batches)
    {
        var stored = 0;
        using var http = portal.Factory.Anonymous();
        for (var batch = 0; batch < batches; batch++)
        {
            var name = $"pair-{client / 2}-batch-{batch}";
            var lines = Enumerable.Range(0, 50).Select(row => $$"""{"TimeGenerated":"{{Start.AddMinutes((batch * 50) + row):O}}","Computer":"vm-{{client / 2}}","Direction":"outbound","ProcessName":"nc","RemoteCountry":"Country {{client / 2}}","DestinationPort":{{row}}}""");
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/connections") { Content = new StringContent(string.Join('\n', lines), Encoding.UTF8, "application/x-ndjson") };
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
            request.Headers.Add("Idempotency-Key", name);
            using var answer = await http.SendAsync(request);
            Assert.Contains(answer.StatusCode, new[] { HttpStatusCode.Created, HttpStatusCode.OK });
            stored += answer.StatusCode is HttpStatusCode.Created ? 1 : 0;
        }

        return stored;
    }

    private static IEnumerable<VmConnection> Rows(int hour) => Enumerable.Range(1, 6).Select(port => Beacon.Connection(Start.AddHours(hour).AddMinutes(-30), $"Country {hour}", port));
}
