using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.Tests.Connections;

namespace RulePortal.EndToEnd.Tests;

/// <summary>kill -9 while missed windows are filled: after a restart every window was evaluated, and none alerted twice.</summary>
public sealed class CrashTests : IDisposable
{
    private const int Days = 6;
    private static readonly Guid RuleId = ShippedRules.RareOutboundConnectionByProcess.Id;

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-crash-").FullName;

    [Fact]
    public async Task KilledWhileEvaluating_RestartedUntilDone_NothingIsLostOrDoubled()
    {
        await using (await PortalProcess.ServeAsync(directory, "--Scheduling:Enabled=false"))
        {
            // The first start makes the store.
        }

        var lastEnd = await MissWindowsAsync();
        for (var kill = 0; kill < 4; kill++)
        {
            await using var portal = await PortalProcess.ServeAsync(directory);
            await Task.Delay(TimeSpan.FromMilliseconds(200 + (400 * kill)));
            await portal.KillAsync();
        }

        await using var last = await PortalProcess.ServeAsync(directory);
        var windows = await FilledAsync(lastEnd);

        Assert.All(windows.Zip(windows.Skip(1)), pair => Assert.Equal(pair.First.EndUtc, pair.Second.StartUtc));
        await using var db = Open();
        var alerts = await db.Alerts.AsNoTracking().Include(a => a.Occurrences).ThenInclude(o => o.Evidence).ToListAsync();
        // One country a window, each with six result rows: one alert a window, whole.
        Assert.Equal(windows.Where(w => w.EndUtc <= lastEnd).Select(w => w.EndUtc), alerts.Select(a => a.WindowEndUtc).Order());
        Assert.All(alerts, alert => Assert.Equal(6, Assert.Single(alert.Occurrences).Evidence.Count));
        Assert.Empty(await db.RuleAttempts.Where(a => a.Outcome == AttemptOutcome.Running && a.WindowEndUtc <= lastEnd).ToListAsync());
        TestContext.Current.TestOutputHelper?.WriteLine($"{windows.Count} windows, {await db.RuleAttempts.CountAsync()} attempts, {await db.RuleAttempts.CountAsync(a => a.Outcome == AttemptOutcome.LeaseLost)} of them lost to a kill.");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        Directory.Delete(directory, recursive: true);
    }

    /// <summary>Moves the start of the rule's ledger back, as if the portal had been down, and gives each missed hour a finding of its own.</summary>
    private async Task<DateTime> MissWindowsAsync()
    {
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var lastEnd = now.Date.AddHours(now.Hour).AddHours(now.Minute >= 6 ? 0 : -1);
        await using var db = Open();
        var rule = await db.AnalyticsRules.SingleAsync(r => r.Id == RuleId);
        rule.EvaluateFrom(lastEnd.AddDays(-Days));
        await db.SaveChangesAsync();

        var ordinary = Enumerable.Range(0, (Days + 20) * 24).Select(hour => Beacon.Connection(lastEnd.AddHours(-hour).AddMinutes(-30), "United States", 443));
        var findings = Enumerable.Range(0, Days * 24).SelectMany(hour => Enumerable.Range(1, 6).Select(port => Beacon.Connection(lastEnd.AddHours(-hour).AddMinutes(-20), $"Country {hour}", port)));
        using var importer = new ConnectionImporter(new Contexts(this), ConnectionDialect.Sqlite, new TermCache(), TimeProvider.System);
        var result = await importer.ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System), ordinary.Concat(findings).ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(BatchStatus.Stored, result.Status);
        return lastEnd;
    }

    private async Task<IReadOnlyList<RuleWindow>> FilledAsync(DateTime lastEnd)
    {
        for (var second = 0; ; second++)
        {
            await using var db = Open();
            var windows = await db.RuleWindows.AsNoTracking().OrderBy(w => w.EndUtc).ToListAsync();
            if (windows.Count >= Days * 24 && windows.Where(w => w.EndUtc <= lastEnd).All(w => w.Status == WindowStatus.Succeeded))
            {
                return windows;
            }

            Assert.True(second < 180, $"After 3 min not every window was filled: {string.Join(", ", windows.GroupBy(w => w.Status).Select(g => $"{g.Count()} {g.Key}"))}");
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    }

    private PortalDbContext Open() => new Contexts(this).CreateDbContext();

    private sealed class Contexts(CrashTests test) : IDbContextFactory<PortalDbContext>
    {
        public PortalDbContext CreateDbContext() => new(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite($"Data Source={Path.Combine(test.directory, "portal.db")}").Options);
    }
}
