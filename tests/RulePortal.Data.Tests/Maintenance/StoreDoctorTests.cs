using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Maintenance.Doctor;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Auditing;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Maintenance;

/// <summary>Each invariant is broken in turn and must be named, with its table and what to do. A check without a way to break it fails.</summary>
public abstract class StoreDoctorTests(StoreKind kind) : StoreTests(kind)
{
    private const string Hour = "2026-03-10 12:00:00";

    /// <summary>For each check: the statements that break it, and the table it must name.</summary>
    private static readonly Dictionary<string, (string Table, string[] Statements)> Breaks = new(StringComparer.Ordinal)
    {
        // An index that is said to be over another column than the one it was made from.
        ["file.integrity"] = ("file", ["CREATE INDEX IX_Odd ON Connections (Id)", "UPDATE sqlite_master SET sql = 'CREATE INDEX IX_Odd ON Connections (TimeGenerated)' WHERE name = 'IX_Odd'"]),
        ["file.references"] = ("RejectedRows", ["UPDATE RejectedRows SET BatchSeq = 99"]),
        ["batches.sequence"] = ("ConnectionBatches", ["DELETE FROM ConnectionBatches WHERE Seq = 2"]),
        ["batches.rows"] = ("ConnectionBatches", ["DELETE FROM Connections WHERE Id = 1048577"]),
        ["batches.times"] = ("ConnectionBatches", ["UPDATE Connections SET TimeGenerated = TimeGenerated + 1 WHERE Id = 1048578"]),
        ["batches.strays"] = ("Connections", ["UPDATE Connections SET Id = 3145728 WHERE Id = 1048576"]),
        ["batches.rejected"] = ("RejectedRows", ["DELETE FROM RejectedRows"]),
        ["terms.complete"] = ("Connections", ["DELETE FROM ConnectionTerms WHERE Text = 'vm-1'"]),
        ["terms.text"] = ("ConnectionTerms", ["UPDATE ConnectionTerms SET Text = 'vm-7' WHERE Text = 'vm-1'"]),
        ["countries.complete"] = ("ConnectionCountries", ["DELETE FROM ConnectionCountries WHERE RemoteCountryId = (SELECT Id FROM ConnectionTerms WHERE Text = 'Country 1')"]),
        ["hours.rows"] = ("ConnectionHours", ["UPDATE ConnectionHours SET Rows = Rows + 1"]),
        ["sources.rows"] = ("ConnectionSources", ["DELETE FROM ConnectionSources WHERE Rows = 1"]),
        ["versions.numbers"] = ("RuleVersions", ["UPDATE RuleVersions SET Number = 2"]),
        ["rules.current"] = ("AnalyticsRules", ["UPDATE AnalyticsRules SET CurrentVersion = 2"]),
        ["versions.definition"] = ("RuleVersions", ["UPDATE RuleVersions SET Definition = 'null'"]),
        ["windows.gaps"] = ("RuleWindows", ["DELETE FROM RuleWindows WHERE Id = 3"]),
        ["windows.ends"] = ("RuleWindows", ["DELETE FROM RuleWindows WHERE Id = 6"]),
        ["windows.doubles"] = ("RuleWindows", [$"UPDATE RuleWindows SET StartUtc = '{Hour}' WHERE Id = 4"]),
        ["windows.leases"] = ("RuleWindows", ["UPDATE RuleWindows SET LeaseOwner = 'somebody' WHERE Id = 6"]),
        ["windows.holds"] = ("AnalyticsRules", ["UPDATE AnalyticsRules SET HeldWindowId = 3"]),
        ["windows.outcomes"] = ("RuleWindows", ["UPDATE RuleWindows SET Status = 2 WHERE Id = 4"]),
        ["windows.late"] = ("RuleWindows", ["UPDATE RuleWindows SET LateVerdict = 1, LateBatchSeq = 77 WHERE Id = 3"]),
        ["windows.read"] = ("RuleWindows", ["UPDATE RuleWindows SET SeenBatchSeq = NULL WHERE Id = 3"]),
        ["gaps.windows"] = ("RuleGaps", ["UPDATE RuleGaps SET StartUtc = '2031-01-01 00:00:00', EndUtc = '2031-01-02 00:00:00'"]),
        ["attempts.window"] = ("RuleAttempts", [$"UPDATE RuleAttempts SET WindowEndUtc = '{Hour}' WHERE Id = 1"]),
        ["attempts.count"] = ("RuleWindows", ["DELETE FROM RuleAttempts WHERE Id = 3"]),
        ["attempts.running"] = ("RuleAttempts", ["UPDATE RuleWindows SET Status = 0 WHERE Status = 1"]),
        ["attempts.exclusions"] = ("AttemptExclusions", ["UPDATE RuleAttempts SET ExclusionCount = 1 WHERE Id = 1"]),
        ["attempts.alerts"] = ("RuleAttempts", ["DELETE FROM Occurrences WHERE Id = 2"]),
        ["alerts.occurrence"] = ("Alerts", ["DELETE FROM Occurrences WHERE Id = 2"]),
        ["alerts.results"] = ("Alerts", ["UPDATE Alerts SET ResultCount = 7 WHERE Id = 2"]),
        ["alerts.activity"] = ("AlertActivities", ["DELETE FROM AlertActivities WHERE Id = 1"]),
        ["alerts.verdict"] = ("Alerts", ["UPDATE Alerts SET ClosedUtc = NULL WHERE Id = 1"]),
        ["occurrences.doubles"] = ("Occurrences", ["DROP INDEX IX_Occurrences_RuleId_WindowEndUtc_GroupKey", "UPDATE Occurrences SET WindowEndUtc = (SELECT WindowEndUtc FROM Occurrences WHERE Id = 1)"]),
        ["occurrences.alert"] = ("Occurrences", ["DELETE FROM Alerts WHERE Id = 2"]),
        ["occurrences.window"] = ("Occurrences", ["UPDATE Occurrences SET AttemptId = 99 WHERE Id = 1"]),
        ["occurrences.extensions"] = ("OccurrenceExtensions", ["UPDATE OccurrenceExtensions SET AttemptId = 99"]),
        ["occurrences.evidence"] = ("EvidenceRows", ["DELETE FROM EvidenceRows WHERE Ordinal = 0 AND OccurrenceId = 1"]),
        ["pins.alert"] = ("AlertPins", ["UPDATE AlertPins SET AlertId = 99"]),
        ["pins.activity"] = ("AlertPins", ["DELETE FROM AlertPins"]),
        ["versions.pins"] = ("RuleVersions", ["UPDATE RuleVersions SET PinOverride = 'because'"]),
        ["audit.chain"] = ("AuditEntries", []),
    };

    public static TheoryData<string> CheckNames => [.. StoreDoctor.Checks.Select(check => check.Name)];

    [Fact]
    public void Checks_AllOfThem_CanBeBroken() => Assert.Equal(StoreDoctor.Checks.Select(check => check.Name).Order(StringComparer.Ordinal), Breaks.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Examine_SoundStore_FindsNothing()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);

        StoreReport report = await sound.Doctor.ExamineAsync(progress: null, default);

        Assert.Empty(report.Checks.SelectMany(check => check.Faults));
        Assert.True(report.IsSound);
    }

    [Theory]
    [MemberData(nameof(CheckNames))]
    public async Task Check_BrokenInvariant_NamesTableKeyAndRemedy(string name)
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        (string table, string[] statements) = Breaks[name];
        if (name == "audit.chain")
        {
            await Store.WithoutTriggersAsync("UPDATE AuditEntries SET ActorName = 'Nobody' WHERE Position = 2");
        }

        await sound.TamperAsync(statements);

        CheckResult result = await sound.RunAsync(name);
        Assert.SkipWhen(result.NotHere is not null, result.NotHere ?? "");

        Assert.True(result.FaultCount > 0, $"{name} found nothing.");
        Assert.All(result.Faults, fault => Assert.Equal(table, fault.Table));
        Assert.All(result.Faults, fault => Assert.All(new[] { fault.Key, fault.Sentence, fault.Remedy }, text => Assert.False(string.IsNullOrWhiteSpace(text))));
        Assert.False((await sound.Doctor.ExamineAsync(progress: null, default)).IsSound);
    }

    [Fact]
    public async Task Check_MoreFaultsThanAreListed_CountsThem()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        await sound.TamperAsync("INSERT INTO ConnectionHours (HourUtc, Rows) SELECT Id, 1 FROM (WITH RECURSIVE n(Id) AS (SELECT 1 UNION ALL SELECT Id + 1 FROM n WHERE Id < 30) SELECT '2025-01-' || printf('%02d', Id) || ' 00:00:00' AS Id FROM n)");

        CheckResult result = await sound.RunAsync("hours.rows");

        Assert.Equal((30, StoreDoctor.MostListed), (result.FaultCount, result.Faults.Count));
    }

    [Fact]
    public async Task Gaps_WhileTheRuleWasDisabled_AreNone()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        Assert.Equal(RuleSaveOutcome.Saved, (await sound.Ledger.Rules.SetEnabledAsync(sound.Ledger.RuleId, enabled: false, TestStore.Ada, default)).Outcome);
        Store.Clock.Advance(TimeSpan.FromHours(7));
        Assert.Equal(RuleSaveOutcome.Saved, (await sound.Ledger.Rules.SetEnabledAsync(sound.Ledger.RuleId, enabled: true, TestStore.Ada, default)).Outcome);
        Store.Clock.Advance(TimeSpan.FromHours(3));
        Assert.Equal(3, await sound.Ledger.PlanAsync());

        Assert.Empty((await sound.RunAsync("windows.gaps")).Faults);
        await sound.TamperAsync("DELETE FROM RuleWindows WHERE Id = 8");
        Assert.Single((await sound.RunAsync("windows.gaps")).Faults);
    }

    [Fact]
    public async Task Examine_AfterReclaimAndDisabling_NoAttemptRunsForEver()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        await sound.Ledger.Ledger.ReclaimAsync(default);
        await sound.Ledger.Rules.SetEnabledAsync(sound.Ledger.RuleId, enabled: false, TestStore.Ada, default);

        Assert.Empty((await sound.RunAsync("attempts.running")).Faults);
        Assert.Equal(AttemptOutcome.LeaseLost, (await sound.Ledger.AttemptsAsync())[^1].Outcome);
    }

    [Fact]
    public async Task Holds_HeldWindowThatDoesNotHoldItsRule_IsNamedAndASoundHoldIsNot()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        WindowLease lease = (await sound.Ledger.LeaseAsync((await sound.Ledger.WindowsAsync())[5].Id))!;
        await sound.Ledger.Recorder.CompleteAsync(lease, LedgerStore.Alerting(lease, "a") with { Hold = "1 result row is too many" }, default);
        Assert.Empty((await sound.Doctor.ExamineAsync(progress: null, default)).Checks.SelectMany(check => check.Faults));

        await sound.TamperAsync("UPDATE AnalyticsRules SET HeldWindowId = NULL");

        Assert.Equal("RuleWindows", Assert.Single((await sound.RunAsync("windows.holds")).Faults).Table);
    }

    [Fact]
    public async Task Examine_WholeStore_WritesNothing()
    {
        SoundStore sound = await SoundStore.CreateAsync(Store);
        await using PortalDbContext db = Store.CreateDbContext();
        async Task<long> VersionAsync() => (await db.Database.SqlQueryRaw<long>("SELECT data_version AS Value FROM pragma_data_version").ToListAsync())[0];
        Assert.SkipUnless(db.Database.IsSqlite(), "Only SQLite counts its writes.");
        await db.Database.OpenConnectionAsync();
        long before = await VersionAsync();

        await sound.Doctor.ExamineAsync(progress: null, default);

        Assert.Equal(before, await VersionAsync());
    }
}

public sealed class SqliteStoreDoctorTests() : StoreDoctorTests(StoreKind.Sqlite);

public sealed class SqlServerStoreDoctorTests() : StoreDoctorTests(StoreKind.SqlServer);
