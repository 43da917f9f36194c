using AngleSharp.Dom;
using Bunit;
using Hangfire;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Evaluation;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Features.Health;
using RulePortal.Web.Features.Health.Circuits;
using RulePortal.Web.Features.Maintenance;
using RulePortal.Web.Features.Overview;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Security;
using RulePortal.Web.Storage;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Health;

/// <summary>The Health page over a store that a test fills, with workers and a disk that it sets.</summary>
public abstract class HealthPageContext : PageContext
{
    protected HealthPageContext()
    {
        Services.AddOverviewFeature();
        Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake();
        Services.AddSingleton(DetectorCatalog.Shipped);
        Services.AddEvaluation();
        Services.AddSingleton<RulePins>();
        Services.AddSingleton<RuleStore>();
        Services.AddSingleton<WindowLedger>();
        Services.AddSingleton<AttemptRecorder>();
        Services.AddSingleton<IJobMonitor>(Jobs);
        Services.AddSingleton<IDiskSpace>(Disk);
        Services.AddSingleton<PortalStore, PageStore>();
        Services.AddOptions<RulePortal.Web.Kit.Settings.SchedulingSettings>();
        Services.AddOptions<RulePortal.Web.Kit.Settings.RetentionSettings>();
        Services.AddOptions<HealthSettings>();
        Services.AddSingleton<HealthQueries>();
        Services.AddSingleton<GapQueries>();
        Services.AddSingleton<HealthReader>();
        Services.AddSingleton<CircuitCount>();
    }

    private protected FakeJobs Jobs { get; } = new();

    private protected FakeDisk Disk { get; } = new();

    private protected IRenderedComponent<Harness<HealthPage>> Page { get; private set; } = null!;

    private protected WindowLedger Ledger => Services.GetRequiredService<WindowLedger>();

    protected static string Squeezed(IElement element)
    {
        ArgumentNullException.ThrowIfNull(element);
        return string.Join(' ', string.Join(' ', element.GetDescendants().OfType<IText>().Select(text => text.Data)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    protected void Open()
    {
        SignIn("Reader");
        Page = RenderPage<HealthPage>();
    }

    private protected string Verdict() => Squeezed(Page.Find(".health-verdict .tone")) + ": " + Squeezed(Page.Find("#verdict"));

    private protected string Card(string id) => Squeezed(Page.Find($"section[aria-labelledby={id}]"));

    protected async Task<Guid> AddRuleAsync(string name = "Rare connections", bool enabled = true)
    {
        var id = Guid.NewGuid();
        var created = await Services.GetRequiredService<RuleStore>().CreateAsync(id, ShippedRules.RareOutboundConnectionByProcess.Definition with { Name = name }, enabled, "", Actor.System, CancellationToken.None);
        Assert.Equal(RuleSaveOutcome.Saved, created.Outcome);
        return id;
    }

    protected async Task StoreAsync(params (string Computer, int MinutesAgo)[] machines)
    {
        var rows = machines.Select(machine => RunsFixture.Connection(Now.AddMinutes(-machine.MinutesAgo), "nginx", "United States") with { Computer = machine.Computer });
        var result = await Services.GetRequiredService<ConnectionImporter>().ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System) { Key = Guid.NewGuid().ToString() }, rows.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(BatchStatus.Stored, result.Status);
    }

    /// <summary>Puts the rule's windows into the ledger, evaluates as many of the newest as asked, and fails the newest when told to.</summary>
    protected async Task PlanAsync(Guid rule, int evaluated = 0, AttemptKind kind = AttemptKind.Scheduled, string? fault = null)
    {
        await Ledger.PlanAsync(rule, TimeSpan.FromMinutes(5), TimeSpan.FromDays(7), CancellationToken.None);
        List<long> windows;
        await using (var db = await Store.CreateDbContextAsync())
        {
            windows = await db.RuleWindows.Where(w => w.RuleId == rule && w.Status == WindowStatus.Due).OrderByDescending(w => w.EndUtc).Select(w => w.Id).Take(evaluated).ToListAsync();
        }

        var recorder = Services.GetRequiredService<AttemptRecorder>();
        foreach (var window in windows)
        {
            var lease = await Ledger.LeaseAsync(new LeaseRequest(window, kind, Actor.System, "worker", TimeSpan.FromMinutes(12), AllowEnded: false), CancellationToken.None);
            _ = fault is null
                ? await recorder.CompleteAsync(lease!, new EvaluatedWindow(new(lease!.EndUtc.AddHours(-1), lease.EndUtc), AttemptOutcome.BelowThreshold, "0 result rows.", 1, 0, 30, 30, []), CancellationToken.None)
                : await recorder.FailAsync(lease!, new EvaluationFault(fault, "x", IsRuleFault: true, Now.AddHours(1), 5), CancellationToken.None);
        }
    }

    internal sealed class FakeJobs : IJobMonitor
    {
        public JobsState State { get; set; } = new([new("portal-1, process 42", 4, new DateTime(2026, 3, 2, 11, 59, 50, DateTimeKind.Utc))], 0, 0, 0, null);

        public bool Fails { get; set; }

        public JobsState Read() => Fails ? throw new InvalidOperationException("The queue is away.") : State;
    }

    internal sealed class FakeDisk : IDiskSpace
    {
        public long? Free { get; set; } = 100L << 30;

        public long? FreeBytes() => Free;
    }

    internal sealed class PageStore : PortalStore
    {
        public override DatabaseProvider Provider => DatabaseProvider.Sqlite;

        public override string Place => "the test's file";

        public override bool MigratesAtStart => false;

        public override string SizeSql => StoreSizeSql.Sqlite;

        public override ConnectionDialect Connections => ConnectionDialect.Sqlite;

        public override void Configure(DbContextOptionsBuilder options) => throw new NotSupportedException();

        public override void ConfigureJobs(IGlobalConfiguration jobs) => throw new NotSupportedException();
    }
}
