using System.Text;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Intake.Reading;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Data.Security;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Auditing;

/// <summary>One real change for each public writer, made by an actor, each with the entry it must leave behind.</summary>
internal sealed class WriterBench
{
    private readonly TestStore store;
    private readonly RuleStore rules;
    private readonly WindowLedger ledger;
    private readonly AlertTriage triage;
    private readonly AlertPins pins;
    private readonly ApiKeyStore keys;
    private readonly SessionStore sessions;

    public WriterBench(TestStore store)
    {
        this.store = store;
        rules = store.Rules();
        ledger = new WindowLedger(store, rules, store.Clock);
        triage = new AlertTriage(store, store.Clock);
        pins = new AlertPins(store, store.Clock);
        keys = new ApiKeyStore(store, store.Clock);
        sessions = new SessionStore(store, store.Clock);
        Deeds = new Dictionary<string, Func<Actor, Task<Left>>>(StringComparer.Ordinal)
        {
            ["AlertPins.PinAsync(AlertReference)"] = async actor =>
            {
                AlertReference seen = await RaisedAsync();
                Assert.Equal(TriageOutcome.Changed, (await pins.PinAsync(seen, PinKind.MustFire, "the real one", actor, default)).Outcome);
                return new(AuditActions.AlertPin, $"alert:{seen.Id}");
            },
            ["AlertPins.UnpinAsync(AlertReference)"] = async actor =>
            {
                AlertReference seen = await RaisedAsync();
                TriageResult pinned = await pins.PinAsync(seen, PinKind.MustNotFire, note: null, TestStore.Ada, default);
                Assert.Equal(TriageOutcome.Changed, (await pins.UnpinAsync(seen with { Version = pinned.Version!.Value }, actor, default)).Outcome);
                return new(AuditActions.AlertUnpin, $"alert:{seen.Id}");
            },
            ["AlertTriage.AcknowledgeAsync(AlertReference)"] = actor => TriageAsync(AuditActions.AlertAcknowledge, seen => triage.AcknowledgeAsync(seen, actor, default)),
            ["AlertTriage.AcknowledgeAsync(AlertReference[])"] = actor => TriageAsync(AuditActions.AlertAcknowledge, async seen => (await triage.AcknowledgeAsync([seen], actor, default))[0]),
            ["AlertTriage.AssignAsync(AlertReference)"] = actor => TriageAsync(AuditActions.AlertAssign, seen => triage.AssignAsync(seen, TestStore.Ada, actor, default)),
            ["AlertTriage.AssignAsync(AlertReference[])"] = actor => TriageAsync(AuditActions.AlertAssign, async seen => (await triage.AssignAsync([seen], TestStore.Ada, actor, default))[0]),
            ["AlertTriage.CloseAsync(AlertReference)"] = actor => TriageAsync(AuditActions.AlertClose, seen => triage.CloseAsync(seen, Benign, "ours", actor, default)),
            ["AlertTriage.CloseAsync(AlertReference[])"] = actor => TriageAsync(AuditActions.AlertClose, async seen => (await triage.CloseAsync([seen], Benign, "ours", actor, default))[0]),
            ["AlertTriage.ReopenAsync(AlertReference)"] = actor => TriageAsync(AuditActions.AlertReopen, async seen =>
            {
                TriageResult closed = await triage.CloseAsync(seen, Benign, null, TestStore.Ada, default);
                return await triage.ReopenAsync(seen with { Version = closed.Version!.Value }, "not ours", actor, default);
            }),
            ["AlertTriage.CommentAsync(AlertReference)"] = actor => TriageAsync(AuditActions.AlertComment, seen => triage.CommentAsync(seen, "seen before", actor, default)),
            ["ApiKeyStore.CreateAsync(String)"] = async actor => new(AuditActions.KeyCreate, await KeyAsync("made", actor)),
            ["ApiKeyStore.RevokeAsync(String)"] = async actor =>
            {
                string subject = await KeyAsync("revoked", TestStore.Ada);
                Assert.NotNull(await keys.RevokeAsync("revoked", actor, default));
                return new(AuditActions.KeyRevoke, subject);
            },
            ["AuditRetention.PruneAsync(TimeSpan)"] = async actor =>
            {
                await store.WriteEntriesAsync(2);
                await new AuditSealer(store, store.Clock).SealAsync(default);
                store.Clock.Advance(TimeSpan.FromDays(100));
                await new AuditRetention(store, new AuditVerifier(store, store.Clock), store.Clock).PruneAsync(TimeSpan.FromDays(90), actor, default);
                return new(AuditActions.AuditPrune, "audit:1-2");
            },
            ["BatchWithdrawal.WithdrawAsync(Int64)"] = async actor =>
            {
                BatchResult stored = await ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada), 1);
                await new BatchWithdrawal(store, store.Dialect, store.Clock).WithdrawAsync(stored.Seq!.Value, actor, default);
                return new(AuditActions.BatchWithdraw, $"batch:{stored.Seq}");
            },
            ["ConnectionImporter.ImportAsync(BatchFacts)"] = async actor =>
            {
                var record = new VmConnection { TimeGenerated = store.Clock.GetUtcNow().UtcDateTime, Direction = "outbound" };
                BatchResult stored = await store.Importer.ImportAsync(new BatchFacts(BatchOrigin.Page, actor), new[] { record }.ToAsyncEnumerable(), default);
                return new(AuditActions.BatchStore, $"batch:{stored.Seq}");
            },
            ["ConnectionImporter.StoreAsync(BatchFacts)"] = async actor => new(AuditActions.BatchStore, $"batch:{(await ImportAsync(new BatchFacts(BatchOrigin.Api, actor), 2)).Seq}"),
            ["FileImporter.ImportAsync(Stream)"] = async actor =>
            {
                FileImportResult result = await new FileImporter(store.Importer, store, store.Clock).ImportAsync(Content(3), new FileImportOptions(BatchOrigin.CommandLine, actor), null, default);
                Assert.Equal(FileImportOutcome.Done, result.Outcome);
                await using PortalDbContext db = store.CreateDbContext();
                return new(AuditActions.BatchStore, $"batch:{db.ConnectionBatches.Max(batch => batch.Seq)}");
            },
            ["RetentionSweep.RunAsync(RetentionPolicy)"] = async actor =>
            {
                await new RetentionSweep(store, store.Dialect, store.Clock).RunAsync(new RetentionPolicy(), actor, default);
                return new(AuditActions.RetentionRun, "store:retention");
            },
            ["RuleHolds.ReleaseAsync(Guid)"] = async actor =>
            {
                Guid id = await RuleAsync("held", TestStore.Ada);
                long window = (await ledger.LastCompleteAsync(id, default))!.Value;
                WindowLease lease = (await ledger.LeaseAsync(new LeaseRequest(window, AttemptKind.Scheduled, TestStore.Ada, "worker", TimeSpan.FromMinutes(1), AllowEnded: false), default))!;
                await new AttemptRecorder(store, store.Clock).CompleteAsync(lease, LedgerStore.Alerting(lease, "a", "b") with { Hold = "2 result rows are too many" }, default);
                Assert.Equal(HoldOutcome.Released, await new RuleHolds(store, store.Clock).ReleaseAsync(id, window, HoldDecision.Alert, actor, default));
                return new(AuditActions.RuleRelease, $"rule:{id}");
            },
            ["RuleStore.CreateAsync(Guid)"] = async actor => new(AuditActions.RuleCreate, $"rule:{await RuleAsync("created", actor)}"),
            ["RuleStore.SaveAsync(Guid)"] = async actor =>
            {
                Guid id = await RuleAsync("saved", TestStore.Ada);
                await rules.SaveAsync(id, 1, Definition("saved") with { TriggerThreshold = 9 }, "too loud", actor, default);
                return new(AuditActions.RuleSave, $"rule:{id}");
            },
            ["RuleStore.SaveOverridingPinsAsync(Guid)"] = async actor =>
            {
                Guid id = await RuleAsync("overridden", TestStore.Ada);
                await pins.PinAsync(await store.RaiseAsync(new AlertSeed { RuleId = id }), PinKind.MustFire, note: null, TestStore.Ada, default);
                await rules.SaveOverridingPinsAsync(id, 1, Definition("overridden") with { TriggerThreshold = 9 }, "too loud", "it cannot be judged here", actor, default);
                return new(AuditActions.RuleSave, $"rule:{id}");
            },
            ["RuleStore.SetEnabledAsync(Guid)"] = async actor =>
            {
                Guid id = await RuleAsync("switched", TestStore.Ada);
                await rules.SetEnabledAsync(id, enabled: false, actor, default);
                return new(AuditActions.RuleDisable, $"rule:{id}");
            },
            ["SessionStore.BeginAsync(NewSession)"] = async actor => new(AuditActions.SessionBegin, $"session:{(await SessionAsync(actor)).Id}"),
            ["SessionStore.EndAsync(Guid)"] = async actor =>
            {
                PortalSession session = await SessionAsync(TestStore.Ada);
                Assert.True(await sessions.EndAsync(session.Id, SessionEnding.ByAdministrator, actor, default));
                return new(AuditActions.SessionEnd, $"session:{session.Id}");
            },
            ["SessionStore.EndAllAsync(String)"] = async actor =>
            {
                PortalSession session = await SessionAsync(TestStore.Ada);
                Assert.Equal(1, await sessions.EndAllAsync(session.ActorId, SessionEnding.ByAdministrator, actor, default));
                return new(AuditActions.SessionEnd, $"session:{session.Id}");
            },
            ["SourceWatch.ExpectAsync(String)"] = async actor =>
            {
                await ImportAsync(new BatchFacts(BatchOrigin.Api, TestStore.Ada), 5);
                Assert.True(await new SourceWatch(store, new SourceExpectation(TimeSpan.FromHours(1)), store.Clock).ExpectAsync("", TimeSpan.FromHours(6), actor, default));
                await using PortalDbContext db = store.CreateDbContext();
                return new(AuditActions.SourceExpect, $"source:{db.ConnectionSources.Single().ComputerId}");
            },
            ["WindowBackfill.StartAsync(Guid)"] = async actor =>
            {
                Guid id = await RuleAsync("filled", TestStore.Ada);
                DateTime now = store.Clock.GetUtcNow().UtcDateTime;
                BackfillResult started = await new WindowBackfill(store, new HistoryLimit(store, DetectorCatalog.Shipped), store.Clock).StartAsync(id, new BackfillSpan(now.AddHours(-5), now.AddHours(-2), TimeSpan.Zero), actor, default);
                Assert.Equal(BackfillOutcome.Started, started.Outcome);
                return new(AuditActions.RuleBackfill, $"rule:{id}");
            },
            ["WindowLedger.LeaseAsync(LeaseRequest)"] = async actor =>
            {
                Guid id = await RuleAsync("run", TestStore.Ada);
                long window = (await ledger.LastCompleteAsync(id, default))!.Value;
                Assert.NotNull(await ledger.LeaseAsync(new LeaseRequest(window, AttemptKind.RunNow, actor, actor.Name, TimeSpan.FromMinutes(1), AllowEnded: true), default));
                return new(AuditActions.RuleRun, $"rule:{id}");
            },
        };
    }

    /// <summary>By the name that <see cref="Writers.Name"/> gives a writer.</summary>
    public IReadOnlyDictionary<string, Func<Actor, Task<Left>>> Deeds { get; }

    private static ClosingVerdict Benign { get; } = new(Classification.BenignPositive, ClassificationReason.SuspiciousButExpected);

    private static RuleDefinition Definition(string name) => LedgerStore.Definition with { Name = name };

    private static MemoryStream Content(int minute) =>
        new(Encoding.UTF8.GetBytes($$"""{"TimeGenerated":"2026-01-30T12:{{minute:00}}:00Z","Direction":"outbound"}"""));

    private async Task<Left> TriageAsync(string action, Func<AlertReference, Task<TriageResult>> deed)
    {
        TriageResult result = await deed(await store.RaiseAsync(new AlertSeed()));
        Assert.Equal(TriageOutcome.Changed, result.Outcome);
        return new(action, $"alert:{result.AlertId}");
    }

    /// <summary>An alert of a rule that is there.</summary>
    private async Task<AlertReference> RaisedAsync() => await store.RaiseAsync(new AlertSeed { RuleId = await RuleAsync("pinned", TestStore.Ada) });

    private async Task<string> KeyAsync(string name, Actor actor)
    {
        string secret = (await keys.CreateAsync(name, ApiKeyRole.Reader, expiresUtc: null, actor, default))!;
        return $"apikey:{(await keys.FindAsync(secret, default))!.Id}";
    }

    private async Task<PortalSession> SessionAsync(Actor actor)
    {
        string key = await sessions.BeginAsync(new NewSession("EntraId", actor, ["Reader"], TimeSpan.FromHours(1), ProtectedTokens: null), default);
        return (await sessions.FindByKeyAsync(key, default))!;
    }

    private async Task<Guid> RuleAsync(string name, Actor actor)
    {
        var id = Guid.NewGuid();
        Assert.Equal(RuleSaveOutcome.Saved, (await rules.CreateAsync(id, Definition(name), enabled: true, "", actor, default)).Outcome);
        return id;
    }

    private Task<BatchResult> ImportAsync(BatchFacts facts, int minute) => store.ImportAsync(Content(minute), facts, new ContentOptions());

    /// <summary>The entry that must be there.</summary>
    internal sealed record Left(string Action, string Subject);
}
