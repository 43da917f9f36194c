using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Data.Pins;
using RulePortal.Data.Tests.Auditing;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Tests.Maintenance;

/// <summary>A store with something in every table that the doctor looks at, made by the portal's own means.</summary>
internal sealed class SoundStore(TestStore store)
{
    public TestStore Store => store;

    public LedgerStore Ledger { get; private set; } = null!;

    public StoreDoctor Doctor { get; } = new(store, store.Dialect, new AuditVerifier(store, store.Clock), store.Clock);

    public AlertTriage Triage { get; } = new(store, store.Clock);

    /// <summary>Three batches, the last withdrawn and the second with a rejected row; six windows: two alerted (one closed, one pinned and extended), one quiet, one with no data, one running, one due.</summary>
    public static async Task<SoundStore> CreateAsync(TestStore store)
    {
        var sound = new SoundStore(store) { Ledger = await LedgerStore.CreateAsync(store) };
        await sound.ImportAsync(3, hoursAgo: 30);
        await sound.ImportAsync(2, hoursAgo: 2, bad: true);
        await sound.ImportAsync(1, hoursAgo: 1);
        await new BatchWithdrawal(store, store.Dialect, store.Clock).WithdrawAsync(3, TestStore.Ada, default);
        store.Clock.SetUtcNow(new DateTimeOffset(LedgerStore.Start.Date.AddHours(16).AddMinutes(5)));
        await sound.Ledger.PlanAsync();
        var windows = await sound.Ledger.WindowsAsync();
        Assert.Equal(6, windows.Count);
        await sound.EndAsync(windows[0].Id, lease => LedgerStore.Alerting(lease, "nc", "curl"));
        await sound.EndAsync(windows[1].Id, lease => LedgerStore.Alerting(lease, "nc"));
        await sound.EndAsync(windows[2].Id, LedgerStore.Quiet);
        await sound.EndAsync(windows[3].Id, lease => LedgerStore.Quiet(lease) with { Outcome = AttemptOutcome.NoData });
        WindowLease again = (await sound.Ledger.LeaseAsync(windows[1].Id, allowEnded: true))!;
        Assert.NotNull(await sound.Ledger.Recorder.CompleteAsync(again, LedgerStore.Alerting(again, "nc", "ssh"), default));
        Assert.NotNull(await sound.Ledger.LeaseAsync(windows[4].Id));
        var closed = await sound.Triage.CloseAsync(new AlertReference(1, 1), new ClosingVerdict(Classification.BenignPositive, ClassificationReason.SuspiciousButExpected), "ours", TestStore.Ada, default);
        Assert.Equal(TriageOutcome.Changed, closed.Outcome);
        var pinned = await new AlertPins(store, store.Clock).PinAsync(new AlertReference(2, 2), PinKind.MustNotFire, "ours", TestStore.Ada, default);
        Assert.Equal(TriageOutcome.Changed, pinned.Outcome);
        await new AuditSealer(store, store.Clock).SealAsync(default);
        return sound;
    }

    public async Task<CheckResult> RunAsync(string check) => await Doctor.RunAsync(StoreDoctor.Checks.Single(each => each.Name == check), default);

    /// <summary>Runs statements as somebody would who has the database's password, with no constraint in the way.</summary>
    public async Task TamperAsync(params string[] statements)
    {
        await using PortalDbContext db = store.CreateDbContext();
        await db.Database.OpenConnectionAsync();
        string[] free = db.Database.IsSqlite() ? ["PRAGMA foreign_keys = OFF", "PRAGMA writable_schema = ON"] : ["EXEC sp_MSforeachtable 'ALTER TABLE ? NOCHECK CONSTRAINT ALL'"];
        foreach (string statement in free.Concat(statements))
        {
            await db.Database.ExecuteSqlRawAsync(statement);
        }

        if (db.Database.IsSqlite())
        {
            await db.Database.ExecuteSqlRawAsync("PRAGMA writable_schema = RESET");
            await db.Database.ExecuteSqlRawAsync("PRAGMA foreign_keys = ON");
        }
    }

    private async Task EndAsync(long window, Func<WindowLease, EvaluatedWindow> evaluate)
    {
        WindowLease lease = (await Ledger.LeaseAsync(window))!;
        Assert.NotNull(await Ledger.Recorder.CompleteAsync(lease, evaluate(lease), default));
    }

    private async Task ImportAsync(int rows, int hoursAgo, bool bad = false)
    {
        var from = LedgerStore.Start.AddHours(-hoursAgo);
        var lines = Enumerable.Range(0, rows).Select(row => $$"""{"TimeGenerated":"{{from.AddMinutes(row):O}}","Computer":"vm-{{row}}","Direction":"outbound","ProcessName":"nginx","RemoteCountry":"Country {{row}}"}""");
        string text = string.Join('\n', bad ? lines.Append("""{"TimeGenerated":"never"}""") : lines);
        BatchResult result = await store.ImportAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), new BatchFacts(BatchOrigin.Api, TestStore.Ada) { SkipBadRows = true });
        Assert.Equal(BatchStatus.Stored, result.Status);
    }
}
