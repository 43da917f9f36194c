using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Tests.Connections;
using RulePortal.Web.Features.Administration.Auditing;
using RulePortal.Web.Features.RuleRuns;

namespace RulePortal.Web.Tests.Faults;

/// <summary>Days of hourly windows with ingestion, late data, sealing and retention under a clock that the test turns: memory stays flat and the store sound. RULEPORTAL_SOAK_DAYS says how many.</summary>
[Trait("Speed", "Slow")]
public sealed class SoakTests
{
    private static readonly DateTime Start = new(2026, 3, 10, 10, 0, 0, DateTimeKind.Utc);

    [Fact]
    public async Task Soak_HourlyWindowsWithIngestion_MemoryIsFlatAndTheDoctorContent()
    {
        var days = int.TryParse(Environment.GetEnvironmentVariable("RULEPORTAL_SOAK_DAYS"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 1;
        var clock = new SteppingClock(Start);
        await using var portal = await FaultPortal.CreateAsync(clock, new Dictionary<string, string>(StringComparer.Ordinal) { ["Scheduling:ReevaluateLateData"] = "true" });
        var policy = new RetentionPolicy { Connections = TimeSpan.FromDays(40), Alerts = TimeSpan.FromDays(40), Runs = TimeSpan.FromDays(40), RejectedRows = TimeSpan.FromDays(1), Sessions = TimeSpan.FromDays(1) };
        var started = TimeProvider.System.GetTimestamp();
        var memory = new List<long>();
        for (var hour = 1; hour <= days * 24; hour++)
        {
            clock.Step(TimeSpan.FromHours(1));
            // 240 ordinary rows, every sixth hour an incident, every tenth a row that comes five hours late.
            await portal.ImportAsync($"hour {hour}", Enumerable.Range(1, 240).Select(row => Beacon.Connection(clock.Utc.AddSeconds(-15 * row), "United States", row))
                .Concat(hour % 6 == 0 ? Enumerable.Range(1, 6).Select(port => Beacon.Connection(clock.Utc.AddMinutes(-20), $"Country {hour}", port)) : [])
                .Concat(hour % 10 == 0 ? [Beacon.Connection(clock.Utc.AddHours(-5), $"Late {hour}", 1)] : []));
            clock.Step(TimeSpan.FromMinutes(hour == 1 ? 6 : 0));
            await portal.TickAsync();
            await ActivatorUtilities.CreateInstance<LateDataJob>(portal.Factory.Services).RunAsync(CancellationToken.None);
            await portal.Get<AuditKeeper>().KeepAsync(CancellationToken.None);
            if (hour % 24 == 0)
            {
                await portal.Get<RetentionSweep>().RunAsync(policy, Actor.System, CancellationToken.None);
            }

            if (hour % 6 == 0)
            {
                memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }

        await portal.BeSoundAsync();
        await using var db = await portal.Get<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        Assert.Equal(days * 24, await db.RuleWindows.CountAsync(window => window.Status == WindowStatus.Succeeded));
        Assert.Equal(days * 4, await db.Alerts.CountAsync());
        var thirds = memory.Chunk(Math.Max(1, memory.Count / 3)).Take(3).Select(third => third.Order().ElementAt(third.Length / 2) / 1024.0 / 1024.0).ToList();
        var (rows, attempts, alerts) = (await db.Connections.CountAsync(), await db.RuleAttempts.CountAsync(), await db.Alerts.CountAsync());
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{days} days in {TimeProvider.System.GetElapsedTime(started).TotalSeconds:0} s; live heap after collection, median of each third: {string.Join(", ", thirds.Select(third => third.ToString("0.0", CultureInfo.InvariantCulture)))} MiB; {rows} rows, {attempts} attempts, {alerts} alerts."));
        // Other tests share the process when it is short.
        Assert.True(days < 10 || thirds[^1] < (thirds[1] * 1.1) + 2, $"Memory grew: {string.Join(", ", memory)}");
    }
}
