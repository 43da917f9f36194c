using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class AuditVerbTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new();
    private readonly StringWriter error = new();

    public void Dispose()
    {
        folder.Dispose();
        output.Dispose();
        error.Dispose();
    }

    [Fact]
    public async Task Verify_NewStore_SaysNothingIsSealedYet()
    {
        Assert.Equal(0, await RunAsync("audit", "verify"));

        Assert.Contains("0 entries are as they were sealed; 2 are not sealed yet", output.ToString(), StringComparison.Ordinal);
        Assert.Contains("Nothing is sealed yet.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_SealedChain_HoldsAndPrintsAnEndThatVerifyTakes()
    {
        await SealAsync();

        Assert.Equal(0, await RunAsync("audit", "verify"));
        var end = Said().Split(' ')[^1];
        Assert.Matches("^3:[0-9a-f]{64}$", end);

        Assert.Equal(0, await RunAsync("audit", "verify", "--anchor", end));
        Assert.Contains("The anchor is part of the chain.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_TamperedWith_SaysWhereAndExits1()
    {
        await SealAsync();
        await ExecuteAsync("DROP TRIGGER AuditEntries_NoUpdate; UPDATE AuditEntries SET ActorName = 'Nobody' WHERE Position = 2");

        Assert.Equal(1, await RunAsync("audit", "verify"));

        Assert.Contains("1 entries are as they were sealed", output.ToString(), StringComparison.Ordinal);
        Assert.Equal("The chain is broken at position 2 (Altered). Entry 2 at position 2 is not what was sealed: it was altered.", error.ToString().Trim());
    }

    [Fact]
    public async Task Verify_OtherAnchor_Exits1()
    {
        await SealAsync();

        Assert.Equal(1, await RunAsync("audit", "verify", "--anchor", "2:" + new string('0', 64)));

        Assert.Contains("(Anchor)", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("verify", "--anchor", "7")]
    [InlineData("export", "--from", "yesterday")]
    [InlineData("export", "--format", "xml")]
    [InlineData("prune", "everything")]
    public async Task Run_Misused_Exits2(params string[] args)
    {
        Assert.Equal(2, await RunAsync(["audit", .. args]));
        Assert.NotEmpty(error.ToString());
    }

    [Fact]
    public async Task Export_Ndjson_IsEveryEntryWithItsChangesAndHash()
    {
        await SealAsync();

        Assert.Equal(0, await RunAsync("audit", "export", "--format", "ndjson"));

        var entries = output.ToString().TrimEnd().Split('\n').Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Equal(["store.migrate", "rule.create", "apikey.create", "audit.export"], entries.Select(entry => entry.GetProperty("action").GetString()));
        var key = entries[2];
        Assert.Equal(("os:" + Environment.UserName, Origins.CommandLine), (key.GetProperty("actorId").GetString(), key.GetProperty("origin").GetString()));
        Assert.Contains(key.GetProperty("changes").EnumerateArray(), change => change.GetProperty("field").GetString() == "name" && change.GetProperty("after").GetString() == "collector");
        Assert.Equal("collector", key.GetProperty("after").GetProperty("name").GetString());
        Assert.Equal((3, 64), (key.GetProperty("position").GetInt64(), key.GetProperty("hash").GetString()!.Length));
    }

    [Fact]
    public async Task Export_Csv_NeutralisesFormulas()
    {
        Assert.Equal(0, await RunAsync("apikey", "create", "--name", "=HYPERLINK(\"http://evil.example\")", "--role", "Ingest"));
        output.GetStringBuilder().Clear();

        Assert.Equal(0, await RunAsync("audit", "export"));

        Assert.StartsWith("Position,Id,At,Actor,ActorId,Origin,Action,Subject,Outcome,Attempts,Detail,Changes,Before,After,Hash\r\n", output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(output.ToString().Split([',', '\n']), cell => cell.TrimStart('"').StartsWith('='));
    }

    [Fact]
    public async Task Export_Between_IsWhatWasWrittenThen()
    {
        await SealAsync();

        Assert.Equal(0, await RunAsync("audit", "export", "--to", "2020-01-01"));

        Assert.Single(output.ToString().TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task Prune_OldEntries_AreRemovedAndVerifyGoesOn()
    {
        await SealAsync();
        Assert.Equal(0, await RunAsync("audit", "prune"));
        Assert.Equal("Nothing to do: no sealed entry is older than 730 days.", Said());
        await ExecuteAsync("DROP TRIGGER AuditEntries_NoUpdate; UPDATE AuditEntries SET AtUtc = '2020-01-01 00:00:00', Position = NULL, Hash = NULL; UPDATE AuditEntries SET Hash = NULL");
        await ExecuteAsync("DROP TRIGGER AuditChainHeads_NoUpdate; UPDATE AuditChainHeads SET Position = 0, Hash = zeroblob(32)");
        await SealAsync(alsoMakeAKey: false);

        Assert.Equal(0, await RunAsync("audit", "prune"));

        Assert.StartsWith("Removed 3 entries older than 730 days; the checkpoint is 3:", Said(), StringComparison.Ordinal);
        Assert.Equal(0, await RunAsync("audit", "verify"));
        Assert.Contains("0 entries are as they were sealed; 1 are not sealed yet; 3 went behind a checkpoint before.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Prune_RetentionTooShort_IsRefused()
    {
        Assert.Equal(1, await RunAsync("audit", "prune", "--Audit:Retention=30.00:00:00"));
        Assert.Contains("Audit:Retention is '30.00:00:00'; allowed: 90.00:00:00 to 3650.00:00:00.", error.ToString(), StringComparison.Ordinal);
    }

    private string Said() => output.ToString().TrimEnd().Split('\n')[^1].TrimEnd();

    private async Task SealAsync(bool alsoMakeAKey = true)
    {
        if (alsoMakeAKey)
        {
            Assert.Equal(0, await RunAsync("apikey", "create", "--name", "collector", "--role", "Ingest"));
        }

        await new AuditSealer(new Contexts(folder.File("portal.db")), TimeProvider.System).SealAsync(CancellationToken.None);
        output.GetStringBuilder().Clear();
    }

    private async Task ExecuteAsync(string sql)
    {
        await using var db = new Contexts(folder.File("portal.db")).CreateDbContext();
        await db.Database.ExecuteSqlRawAsync(sql);
    }

    private Task<int> RunAsync(params string[] args) => CommandLineRoot.RunAsync([.. args, "--Storage:DataDirectory=" + folder.FullName], output, error);

    private sealed class Contexts(string file) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite($"Data Source={file}").Options);
    }
}
