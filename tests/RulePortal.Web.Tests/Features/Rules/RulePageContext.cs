using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>The rule pages over a store with the first rule in it.</summary>
public abstract class RulePageContext : PageContext
{
    protected RulePageContext()
    {
        Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake();
        Services.AddSingleton(DetectorCatalog.Shipped);
        Services.AddSingleton(Options.Create(new SchedulingSettings()));
        Services.AddEvaluation();
        Services.AddSingleton<RulePins>();
        Services.AddSingleton<RuleStore>();
        Services.AddSingleton<WindowLedger>();
        Services.AddSingleton<AttemptRecorder>();
        Services.AddSingleton<RuleRunner>();
        Services.AddSingleton<RunNowService>();
        Services.AddSingleton<HistoryLimit>();
        Services.AddSingleton<RuleHolds>();
        Services.AddSingleton<HoldService>();
        Services.AddSingleton<WindowBackfill>();
        Services.AddSingleton<GapQueries>();
        Services.AddRulesFeature();
    }

    protected static ShippedRule Shipped => ShippedRules.RareOutboundConnectionByProcess;

    protected RuleStore Rules => Services.GetRequiredService<RuleStore>();

    protected async Task<Guid> AddRuleAsync(RuleDefinition? definition = null, bool enabled = true)
    {
        var id = definition is null ? Shipped.Id : Guid.NewGuid();
        var created = await Rules.CreateAsync(id, definition ?? Shipped.Definition, enabled, "Shipped with the product.", Actor.System, CancellationToken.None);
        Assert.Equal(RuleSaveOutcome.Saved, created.Outcome);
        return id;
    }

    /// <summary>A month of ordinary connections, and in the last hour as many result rows as ports.</summary>
    protected async Task PlantAsync(int ports)
    {
        var ordinary = Enumerable.Range(1, 30 * 24).Select(hour => RunsFixture.Connection(Now.AddHours(-hour), "nginx", "United States"));
        var planted = Enumerable.Range(1, ports).Select(port => RunsFixture.Connection(Now.AddMinutes(-20), "nc", "Belarus", port));
        var result = await Services.GetRequiredService<ConnectionImporter>().ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System) { Key = "planted" }, ordinary.Concat(planted).ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(BatchStatus.Stored, result.Status);
    }

    /// <summary>The alert that the rule raises for what was planted, pinned.</summary>
    protected async Task<long> PinPlantedAsync(PinKind kind)
    {
        var ran = await Services.GetRequiredService<RunNowService>().RunAsync(Shipped.Id, Actor.System, CancellationToken.None);
        Assert.Equal(RunNowOutcome.Ran, ran.Outcome);
        await using var db = await Store.CreateDbContextAsync();
        var alert = Assert.Single(db.Alerts.ToList());
        var pinned = await new AlertPins(Store, Time).PinAsync(new AlertReference(alert.Id, alert.Version), kind, "the real one", Actor.System, CancellationToken.None);
        Assert.Equal(TriageOutcome.Changed, pinned.Outcome);
        return alert.Id;
    }

    protected async Task<long> AddWindowAsync(Guid ruleId, DateTime endUtc, WindowStatus status, AttemptOutcome? outcome, string sentence, int attempts = 1, string? error = null)
    {
        await using var db = await Store.CreateDbContextAsync();
        var window = new RuleWindow { RuleId = ruleId, StartUtc = endUtc.AddHours(-1), EndUtc = endUtc, Status = status, AttemptCount = outcome is null ? 0 : attempts, Outcome = sentence };
        db.RuleWindows.Add(window);
        await db.SaveChangesAsync();
        for (var attempt = 1; outcome is not null && attempt <= attempts; attempt++)
        {
            db.RuleAttempts.Add(new RuleAttempt
            {
                WindowId = window.Id,
                RuleId = ruleId,
                WindowEndUtc = endUtc,
                Kind = attempt == 1 ? AttemptKind.Scheduled : AttemptKind.Retry,
                RuleVersion = 1,
                FencingToken = attempt,
                ActorName = Actor.System.Name,
                StartedUtc = endUtc.AddMinutes(5 + attempt),
                EndedUtc = endUtc.AddMinutes(5 + attempt).AddMilliseconds(140),
                Outcome = attempt == attempts ? outcome.Value : AttemptOutcome.TransientFault,
                Sentence = attempt == attempts ? sentence : "The database did not answer; tried again later",
                Error = attempt == attempts ? error : "SQLite Error 5: 'database is locked'.",
            });
        }

        await db.SaveChangesAsync();
        return window.Id;
    }

    protected async Task AddAlertAsync(Guid ruleId, DateTime raisedUtc, ClosingVerdict? verdict = null)
    {
        await using var db = await Store.CreateDbContextAsync();
        var first = new Occurrence
        {
            RuleId = ruleId,
            RuleVersion = 1,
            WindowStartUtc = raisedUtc.AddHours(-1),
            WindowEndUtc = raisedUtc,
            GroupKey = raisedUtc.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture),
            AttemptId = 1,
            MaxBatchSeq = 1,
            TotalRows = 6,
        };
        var alert = new Alert(new AlertContent("Rule", "Title", "Summary.", Severity.Low, "more than 5", [AttackTactic.Discovery], [], [], [], 30, 30), first, raisedUtc);
        if (verdict is not null)
        {
            alert.Close(verdict, null, Actor.System, raisedUtc);
        }

        db.Alerts.Add(alert);
        await db.SaveChangesAsync();
    }
}
