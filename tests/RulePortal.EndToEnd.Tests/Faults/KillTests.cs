using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.Tests.Connections;

namespace RulePortal.EndToEnd.Tests.Faults;

/// <summary>kill -9 at random points of whatever writes: the store is sound after each, and the work repeated comes to the same as if nothing had happened.</summary>
public sealed class KillTests
{
    private const int Hours = 36;

    private static readonly string[] TimeZones = ["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kathmandu"];

    public static TheoryData<int> Seeds => FaultSeeds.All;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Killed_AtRandomPoints_StoreIsSoundAndNothingIsLostOrDoubled(int seed)
    {
        var random = new Random(seed);
        await ((seed % 4) switch
        {
            0 => MigrationAsync(random),
            1 => ImportAsync(random),
            2 => EvaluationAsync(random),
            _ => RetentionAsync(random),
        });
    }

    private static async Task MigrationAsync(Random random)
    {
        using var store = FaultStore.Empty();
        await using (var db = store.CreateDbContext())
        {
            // A store of any earlier version, or none.
            var known = db.Database.GetMigrations().ToList();
            if (random.Next(known.Count) is > 0 and var first)
            {
                await db.GetService<IMigrator>().MigrateAsync(known[first - 1]);
            }
        }

        for (var kill = 1; kill <= 3; kill++)
        {
            await using var verb = Start(random, store, "migrate");
            await Task.Delay(random.Next(300, 2_500));
            await verb.KillAsync();
        }

        await DoneAsync(store, "migrate");
        await store.BeSoundAsync("three killed migrations");
    }

    private static async Task ImportAsync(Random random)
    {
        const int Rows = 40_000;
        using var store = await FaultStore.CreateAsync();
        var bad = random.Next(2) == 0 ? random.Next(1, 50) : 0;
        var file = await WriteFileAsync(store, Rows, bad);
        string[] import = ["import", file, "--batch-rows", random.Next(500, 8_000).ToString(CultureInfo.InvariantCulture), "--on-error", "skip"];
        for (var kill = 1; kill <= 3; kill++)
        {
            await using var verb = Start(random, store, import);
            var enough = random.Next(kill * Rows / 4);
            await FaultStore.UntilAsync(async () => await store.CountAsync("SELECT COUNT(*) FROM Connections") >= enough, verb);
            await Task.Delay(random.Next(60));
            await verb.KillAsync();
            await store.BeSoundAsync($"kill {kill} of an import");
        }

        await DoneAsync(store, import);
        Assert.Equal(Rows, await store.CountAsync("SELECT COUNT(*) FROM Connections"));
        Assert.Equal(Rows, await store.CountAsync("SELECT COUNT(DISTINCT BytesSent) FROM Connections"));
        Assert.Equal(bad, await store.CountAsync("SELECT COUNT(*) FROM RejectedRows"));
        await store.BeSoundAsync("the import was repeated");
    }

    private static async Task EvaluationAsync(Random random)
    {
        using var store = await FaultStore.CreateAsync();
        var lastEnd = await store.MissWindowsAsync(Hours);
        for (var kill = 1; kill <= 2; kill++)
        {
            await using var portal = Start(random, store, "--urls", "http://127.0.0.1:0");
            var enough = await store.CountAsync("SELECT COUNT(*) FROM RuleAttempts") + random.Next(1, Hours / 2);
            await FaultStore.UntilAsync(async () => await store.CountAsync("SELECT COUNT(*) FROM RuleAttempts") >= enough || Filled(store, lastEnd), portal);
            var beside = store.ImportAsync([Beacon.Connection(lastEnd.AddMinutes(1), "Nowhere", kill)]);
            await Task.Delay(random.Next(60));
            await portal.KillAsync();
            Assert.Equal(BatchStatus.Stored, (await beside).Status);
            await store.BeSoundAsync($"kill {kill} of a portal that evaluates");
        }

        await using (var portal = Start(random, store, "--urls", "http://127.0.0.1:0"))
        {
            Assert.True(await FaultStore.UntilAsync(() => Task.FromResult(Filled(store, lastEnd)), portal), portal.Output);
            await portal.KillAsync();
        }

        await store.BeSoundAsync("every window was filled");
        await using var db = store.CreateDbContext();
        var alerts = await db.Alerts.AsNoTracking().Include(alert => alert.Occurrences).Where(alert => alert.WindowEndUtc <= lastEnd).ToListAsync();
        Assert.Equal(Enumerable.Range(0, Hours).Select(hour => lastEnd.AddHours(-hour)).Order(), alerts.Select(alert => alert.WindowEndUtc).Order());
        Assert.All(alerts, alert => Assert.Equal(6, Assert.Single(alert.Occurrences).TotalRows));
    }

    private static async Task RetentionAsync(Random random)
    {
        const int Old = 30_000;
        using var store = await FaultStore.CreateAsync();
        var now = TimeProvider.System.GetUtcNow().UtcDateTime;
        var border = now.AddDays(-75);
        // One batch that goes whole, one of which a part goes, one that stays.
        await store.ImportAsync(Enumerable.Range(0, Old / 2).Select(row => Beacon.Connection(border.AddDays(-1).AddSeconds(-row), "Belarus", row)));
        await store.ImportAsync(Enumerable.Range(0, Old).Select(row => Beacon.Connection(border.AddHours(row % 2 == 0 ? -3 : 3).AddSeconds(row % 999), "Belarus", row % 60_000)));
        await store.ImportAsync([Beacon.Connection(now, "Belarus", 1)]);
        await OldWindowsAsync(store, now);
        for (var kill = 1; kill <= 2; kill++)
        {
            await using var verb = Start(random, store, "retention");
            var enough = random.Next(1, kill * Old / 3);
            await FaultStore.UntilAsync(async () => await store.CountAsync("SELECT COALESCE(SUM(RemovedRows), 0) FROM RetentionMarks") >= enough, verb);
            await Task.Delay(random.Next(400));
            await verb.KillAsync();
            await store.BeSoundAsync($"kill {kill} of retention");
        }

        await DoneAsync(store, "retention");
        Assert.Equal((Old / 2) + 1, await store.CountAsync("SELECT COUNT(*) FROM Connections"));
        Assert.Equal(Old, await store.CountAsync("SELECT SUM(RemovedRows) FROM ConnectionBatches"));
        Assert.Equal(0, await store.CountAsync("SELECT COUNT(*) FROM RuleAttempts"));
        await store.BeSoundAsync("retention was repeated");
    }

    /// <summary>Windows of half a year ago, of a rule that is disabled since.</summary>
    private static async Task OldWindowsAsync(FaultStore store, DateTime now)
    {
        await using var db = store.CreateDbContext();
        var rule = await db.AnalyticsRules.SingleAsync(r => r.Id == FaultStore.RuleId);
        var first = now.Date.AddDays(-200);
        rule.EvaluateFrom(first);
        rule.PlannedTo(first.AddHours(300));
        rule.Disable();
        var windows = Enumerable.Range(0, 300).Select(hour => new RuleWindow
        {
            RuleId = rule.Id,
            StartUtc = first.AddHours(hour),
            EndUtc = first.AddHours(hour + 1),
            Status = WindowStatus.Succeeded,
            AttemptCount = 1,
            FencingToken = 1,
        }).ToList();
        db.RuleWindows.AddRange(windows);
        await db.SaveChangesAsync();
        db.RuleAttempts.AddRange(windows.Select(window => new RuleAttempt
        {
            WindowId = window.Id,
            RuleId = rule.Id,
            WindowEndUtc = window.EndUtc,
            Kind = AttemptKind.Scheduled,
            RuleVersion = 1,
            FencingToken = 1,
            ActorName = "System",
            StartedUtc = window.EndUtc,
            EndedUtc = window.EndUtc,
            Outcome = AttemptOutcome.BelowThreshold,
        }));
        await db.SaveChangesAsync();
    }

    private static bool Filled(FaultStore store, DateTime lastEnd)
    {
        using var db = store.CreateDbContext();
        return db.RuleWindows.Count(window => window.EndUtc <= lastEnd && window.Status == WindowStatus.Succeeded) == Hours;
    }

    /// <summary>Rows that differ in the bytes sent alone, so that a lost or doubled one shows; bad ones among them.</summary>
    private static async Task<string> WriteFileAsync(FaultStore store, int rows, int bad)
    {
        var file = Path.Combine(store.Directory, "rows.ndjson");
        await using var writer = new StreamWriter(file);
        for (var row = 0; row < rows; row++)
        {
            if (bad > 0 && row % (rows / bad) == 0 && row / (rows / bad) < bad)
            {
                await writer.WriteLineAsync("""{"TimeGenerated":"never"}""");
            }

            await writer.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $$"""{"TimeGenerated":"2026-01-{{1 + (row % 28):00}}T{{row % 24:00}}:00:00Z","Computer":"vm-{{row % 7}}","Direction":"outbound","ProcessName":"nc","DestinationPort":443,"BytesSent":{{row}},"RemoteCountry":"Belarus"}"""));
        }

        return file;
    }

    private static PortalProcess Start(Random random, FaultStore store, params string[] arguments) =>
        PortalProcess.StartWith(new Dictionary<string, string>(StringComparer.Ordinal) { ["TZ"] = TimeZones[random.Next(TimeZones.Length)] }, store.Directory, arguments);

    private static async Task DoneAsync(FaultStore store, params string[] verb)
    {
        var (exit, output) = await PortalProcess.RunAsync(store.Directory, verb);
        Assert.True(exit == 0, output);
    }
}
