using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Time.Testing;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.RuleRuns;

/// <summary>The application with the first rule, a month of ordinary connections, and a scheduler that only the test moves.</summary>
internal sealed class RunsFixture : IAsyncDisposable
{
    public static readonly DateTime Start = new(2026, 3, 10, 10, 20, 0, DateTimeKind.Utc);

    private RunsFixture(Detector? detector, IReadOnlyDictionary<string, string>? settings)
    {
        Factory = new PortalFactory
        {
            Time = Clock,
            Settings = new Dictionary<string, string>(settings ?? new Dictionary<string, string>(StringComparer.Ordinal), StringComparer.Ordinal) { ["Scheduling:Enabled"] = "false" },
            Replace = services =>
            {
                if (detector is not null)
                {
                    services.Replace(ServiceDescriptor.Singleton(new DetectorCatalog([detector])));
                }
            },
        };
    }

    public FakeTimeProvider Clock { get; } = new(new DateTimeOffset(Start));

    public PortalFactory Factory { get; }

    public static Guid RuleId => ShippedRules.RareOutboundConnectionByProcess.Id;

    public RuleRunner Runner => Factory.Services.GetRequiredService<RuleRunner>();

    public WindowLedger Ledger => Factory.Services.GetRequiredService<WindowLedger>();

    public RuleStore Rules => Factory.Services.GetRequiredService<RuleStore>();

    public RunNowService RunNow => Factory.Services.GetRequiredService<RunNowService>();

    public static async Task<RunsFixture> CreateAsync(int baselineDays = 30, Detector? detector = null, IReadOnlyDictionary<string, string>? settings = null)
    {
        var fixture = new RunsFixture(detector, settings);
        var ordinary = Enumerable.Range(1, baselineDays * 24).Select(hour => Connection(Start.Date.AddHours(10 - hour), "nginx", "United States"));
        await fixture.ImportAsync("ordinary", ordinary.Append(Connection(Start.Date.AddHours(10).AddMinutes(30), "nginx", "United States")));
        return fixture;
    }

    public static VmConnection Connection(DateTime at, string process, string country, int port = 443) => new()
    {
        TimeGenerated = at,
        Computer = "vm-01",
        Direction = "outbound",
        ProcessName = process,
        SourceIp = "10.0.0.4",
        DestinationIp = "203.0.113.10",
        DestinationPort = port,
        Protocol = "tcp",
        RemoteIp = "203.0.113.10",
        RemoteCountry = country,
        BytesSent = 10,
        BytesReceived = 20,
    };

    /// <summary>Result rows in the hour that ends at 11:00: one a port.</summary>
    public Task PlantAsync(int ports, string country = "Belarus", string batch = "planted") =>
        ImportAsync(batch, Enumerable.Range(1, ports).Select(port => Connection(Start.Date.AddHours(10).AddMinutes(40), "nc", country, port)));

    public async Task ImportAsync(string key, IEnumerable<VmConnection> connections)
    {
        var facts = new BatchFacts(BatchOrigin.Api, Actor.System) { Key = key };
        var result = await Factory.Services.GetRequiredService<ConnectionImporter>().ImportAsync(facts, connections.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(BatchStatus.Stored, result.Status);
    }

    /// <summary>Moves the clock and evaluates whatever the ledger says is due, as the dispatch and the workers would.</summary>
    public async Task<IReadOnlyList<RecordedRun>> TickAsync(DateTime nowUtc)
    {
        Clock.SetUtcNow(new DateTimeOffset(nowUtc));
        await Ledger.PlanAsync(RuleId, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), CancellationToken.None);
        var runs = new List<RecordedRun>();
        foreach (var window in await Ledger.TakeDueAsync(1000, CancellationToken.None))
        {
            if (await Runner.RunAsync(window.Id, AttemptKind.Scheduled, Actor.System, allowEnded: false, CancellationToken.None) is { } run)
            {
                runs.Add(run);
            }
        }

        return runs;
    }

    /// <summary>Looks at late data, as the dispatched job would.</summary>
    public Task LookAtLateDataAsync() => ActivatorUtilities.CreateInstance<LateDataJob>(Factory.Services).RunAsync(CancellationToken.None);

    public async Task<IReadOnlyList<RuleWindowRow>> WindowsAsync() =>
        (await Factory.Services.GetRequiredService<RuleQueries>().WindowsAsync(RuleId, new RuleWindowFilter(), 0, 1000, CancellationToken.None)).Items;

    public async Task<RuleSaveResult> SaveAsync(Func<RuleDefinition, RuleDefinition> change)
    {
        var rule = await Rules.FindAsync(RuleId, CancellationToken.None);
        return await Rules.SaveAsync(RuleId, rule!.Version, change(rule.Definition), "", Actor.System, CancellationToken.None);
    }

    public async Task<IReadOnlyList<Alert>> AlertsAsync()
    {
        await using var db = await Factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.Alerts.AsNoTracking().Include(a => a.Tactics).Include(a => a.Entities).Include(a => a.Occurrences).ThenInclude(o => o.Evidence).OrderBy(a => a.Id).ToListAsync();
    }

    public ValueTask DisposeAsync() => Factory.DisposeAsync();
}
