using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Maintenance;

/// <summary>What is past its retention goes, nothing else does, and the doctor finds the store sound at every step.</summary>
public abstract class RetentionSweepTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly RetentionPolicy Short = new()
    {
        Connections = TimeSpan.FromDays(1),
        Alerts = TimeSpan.FromDays(2),
        Runs = TimeSpan.FromDays(1),
        RejectedRows = TimeSpan.FromDays(1),
        Sessions = TimeSpan.FromDays(1),
    };

    private RetentionSweep Sweep => new(Store, Store.Dialect, Store.Clock);

    [Fact]
    public async Task Run_NothingIsOld_RemovesNothing()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);

        Assert.All(await Sweep.PreviewAsync(new RetentionPolicy(), default), line => Assert.Equal(0, line.Rows));
        RetentionResult result = await Sweep.RunAsync(new RetentionPolicy(), Actor.System, default);

        Assert.All(result.Removed, line => Assert.Equal(0, line.Rows));
        Assert.True((await sound.Doctor.ExamineAsync(null, default)).IsSound);
    }

    [Fact]
    public async Task Run_PartOfABatchIsOld_RemovesThatPartAndSaysSo()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        // Batch 4 lies across the cut: two rows an hour before it, one an hour behind it.
        var now = Store.Clock.GetUtcNow().UtcDateTime;
        await ImportAsync(now.AddHours(-26), now.AddHours(-26).AddMinutes(1), now.AddHours(-1));
        IReadOnlyList<RetentionLine> preview = await Sweep.PreviewAsync(Short, default);
        Assert.Equal(3 + 2, preview[0].Rows);

        RetentionResult result = await Sweep.RunAsync(Short, Actor.System, default);

        Assert.Equal(preview[0].Rows, result.Removed[0].Rows);
        await using PortalDbContext db = Store.CreateDbContext();
        Assert.Equal([(3, 3), (2, 0), (1, 0), (3, 2)], (await db.ConnectionBatches.OrderBy(batch => batch.Seq).ToListAsync()).ConvertAll(batch => (batch.RowCount, batch.RemovedRows)));
        Assert.Equal(2 + 1, await db.Connections.CountAsync());
        Assert.Equal(5, (await db.RetentionMarks.SingleAsync(mark => mark.Part == nameof(RetentionPart.Connections))).RemovedRows);
        Assert.Empty((await sound.Doctor.ExamineAsync(null, default)).Checks.SelectMany(check => check.Faults));
        Assert.Equal(0, (await Sweep.RunAsync(Short, Actor.System, default)).Removed[0].Rows);
    }

    [Fact]
    public async Task Run_EverythingIsOld_OpenAlertsAndTheirEvidenceStay()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        Store.Clock.Advance(TimeSpan.FromDays(10));

        RetentionResult result = await Sweep.RunAsync(Short, Actor.System, default);

        await using PortalDbContext db = Store.CreateDbContext();
        Alert open = await db.Alerts.Include(alert => alert.Occurrences).ThenInclude(occurrence => occurrence.Evidence).SingleAsync();
        Assert.Equal(AlertStatus.New, open.Status);
        Assert.Equal(2, Assert.Single(open.Occurrences).Evidence.Count);
        Assert.Equal(0, await db.Connections.CountAsync());
        Assert.Equal(0, await db.RejectedRows.CountAsync());
        // What was not evaluated yet is not let go.
        Assert.Equal([WindowStatus.Running, WindowStatus.Due], (await sound.Ledger.WindowsAsync()).Select(window => window.Status));
        Assert.Equal([5, 1, 4, 1, 0], result.Removed.Select(line => line.Rows));
        Assert.Empty((await sound.Doctor.ExamineAsync(null, default)).Checks.SelectMany(check => check.Faults));
        AuditEntry entry = await db.AuditEntries.SingleAsync(e => e.Action == AuditActions.RetentionRun);
        Assert.Contains("5 removed in all", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_AlertOpenedAgain_Stays()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        Assert.Equal(TriageOutcome.Changed, (await sound.Triage.ReopenAsync(new AlertReference(1, 2), null, TestStore.Ada, default)).Outcome);
        Store.Clock.Advance(TimeSpan.FromDays(10));

        Assert.Equal(0, (await Sweep.RunAsync(Short, Actor.System, default)).Removed[1].Rows);
    }

    [Fact]
    public async Task Run_StoppedInTheMiddle_StoreIsSoundAndTheNextGoesOn()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        var now = Store.Clock.GetUtcNow().UtcDateTime;
        await ImportAsync([.. Enumerable.Range(0, 5_000).Select(row => now.AddHours(-30).AddMilliseconds(row))]);
        using var stop = new CancellationTokenSource();
        Task<RetentionResult> run = Sweep.RunAsync(Short, Actor.System, stop.Token);
        await using PortalDbContext db = Store.CreateDbContext();
        while (!run.IsCompleted && await db.ConnectionBatches.Where(batch => batch.Seq == 4).SumAsync(batch => batch.RemovedRows) == 0)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => run);

        Assert.InRange(await db.ConnectionBatches.Where(batch => batch.Seq == 4).SumAsync(batch => batch.RemovedRows), 1, 4_999);
        Assert.Empty((await sound.Doctor.ExamineAsync(null, default)).Checks.SelectMany(check => check.Faults));
        await Sweep.RunAsync(Short, Actor.System, default);
        Assert.Equal(5_000, await db.ConnectionBatches.Where(batch => batch.Seq == 4).SumAsync(batch => batch.RemovedRows));
        Assert.Empty((await sound.Doctor.ExamineAsync(null, default)).Checks.SelectMany(check => check.Faults));
    }

    [Fact]
    public async Task Withdraw_BatchThatRetentionHasPartOf_TakesTheRest()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        var now = Store.Clock.GetUtcNow().UtcDateTime;
        await ImportAsync(now.AddHours(-26), now.AddHours(-1));
        await Sweep.RunAsync(Short, Actor.System, default);

        await new BatchWithdrawal(Store, Store.Dialect, Store.Clock).WithdrawAsync(4, TestStore.Ada, default);

        Assert.Empty((await sound.Doctor.ExamineAsync(null, default)).Checks.SelectMany(check => check.Faults));
    }

    private async Task ImportAsync(params DateTime[] times)
    {
        string text = string.Join('\n', times.Select(time => $$"""{"TimeGenerated":"{{time:O}}","Computer":"vm-{{times.Length}}","Direction":"outbound"}"""));
        Assert.Equal(BatchStatus.Stored, (await Store.ImportAsync(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(text)), new BatchFacts(BatchOrigin.Api, TestStore.Ada))).Status);
    }
}

public sealed class SqliteRetentionSweepTests() : RetentionSweepTests(StoreKind.Sqlite);

public sealed class SqlServerRetentionSweepTests() : RetentionSweepTests(StoreKind.SqlServer);
