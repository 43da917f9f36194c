using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Data.Security;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Auditing;

/// <summary>Every entity is changed through every public writer, and the entry is found. A new writer without a deed here fails, and so does a new table without a writer.</summary>
public abstract class EveryWriterTests(StoreKind kind) : StoreTests(kind)
{
    /// <summary>Tables that the portal alone writes, as the consequence of what is audited or of the schedule.</summary>
    private static readonly HashSet<string> Machinery =
    [
        "AlertTactic", "AlertEntity", "AlertSubject", "Occurrence", "OccurrenceExtension", "EvidenceRow", // found by a rule, within its attempt
        "AttemptExclusion", // what an attempt excluded, written with it
        "RuleWindow", // planned by the clock
        "ConnectionTerm", "ConnectionCountry", "ConnectionHour", "ConnectionSource", // follow from the rows
        "ProtectionKey", // made by data protection
        "RetentionMark", // how far retention went, written with its entry
        "AuditEntry", "AuditChainHead", "AuditCheckpoint",
    ];

    /// <summary>Which deed changes which entity.</summary>
    private static readonly Dictionary<string, string> Changers = new(StringComparer.Ordinal)
    {
        ["Alert"] = "AlertTriage.",
        ["AlertActivity"] = "AlertTriage.",
        ["AlertPin"] = "AlertPins.",
        ["AnalyticsRule"] = "RuleStore.",
        ["RuleGap"] = "WindowBackfill.",
        ["RuleVersion"] = "RuleStore.",
        ["RuleAttempt"] = "WindowLedger.",
        ["ConnectionBatch"] = "ConnectionImporter.",
        ["ConnectionRow"] = "ConnectionImporter.",
        ["RejectedRow"] = "BatchWithdrawal.",
        ["ApiKey"] = "ApiKeyStore.",
        ["PortalSession"] = "SessionStore.",
        ["PortalPerson"] = "SessionStore.",
    };

    /// <summary>The right each writer needs. Beginning a session needs none: the sign-in has decided.</summary>
    private static readonly Dictionary<string, ActorRights> Needed = new(StringComparer.Ordinal)
    {
        ["AlertPins."] = ActorRights.Contribute,
        ["AlertTriage."] = ActorRights.Respond,
        ["ApiKeyStore."] = ActorRights.Administer,
        ["AuditRetention."] = ActorRights.Administer,
        ["BatchWithdrawal."] = ActorRights.Contribute,
        ["ConnectionImporter."] = ActorRights.Ingest,
        ["FileImporter."] = ActorRights.Ingest,
        ["RetentionSweep."] = ActorRights.Administer,
        ["RuleHolds."] = ActorRights.Contribute,
        ["RuleStore."] = ActorRights.Contribute,
        ["SessionStore.EndAsync"] = ActorRights.Administer,
        ["SessionStore.EndAllAsync"] = ActorRights.Administer,
        ["SourceWatch."] = ActorRights.Contribute,
        ["WindowBackfill."] = ActorRights.Contribute,
        ["WindowLedger."] = ActorRights.Contribute,
    };

    public static TheoryData<string> WriterNames => [.. Writers.All.Select(Writers.Name)];

    public static TheoryData<string> GuardedWriterNames => [.. Writers.All.Select(Writers.Name).Where(name => !name.StartsWith("SessionStore.BeginAsync", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(WriterNames))]
    public async Task Writer_ThatChangesSomething_LeavesItsEntry(string writer)
    {
        var bench = new WriterBench(Store);
        Assert.True(bench.Deeds.ContainsKey(writer), $"{writer} takes an actor and has no deed in {nameof(WriterBench)}.");
        var actor = new Actor("dev:" + Guid.NewGuid().ToString("N"), "Somebody") { Origin = "192.0.2.7", Rights = ActorRights.All };

        WriterBench.Left left = await bench.Deeds[writer](actor);

        await using PortalDbContext db = Store.CreateDbContext();
        AuditEntry entry = await db.AuditEntries.SingleAsync(e => e.ActorId == actor.Id);
        Assert.Equal((left.Action, left.Subject), (entry.Action, entry.Subject));
        Assert.Equal((actor.Name, actor.Origin, AuditOutcome.Succeeded, 1), (entry.ActorName, entry.Origin, entry.Outcome, entry.Attempts));
        Assert.Equal(Store.Clock.GetUtcNow().UtcDateTime, entry.AtUtc);
        Assert.Contains(entry.Action, AuditActions.All);
        Assert.NotEqual(entry.Before, entry.After);
    }

    [Theory]
    [MemberData(nameof(GuardedWriterNames))]
    public async Task Writer_ForSomebodyWithEveryOtherRight_ChangesNothing(string writer)
    {
        ActorRights needed = Needed.Single(pair => writer.StartsWith(pair.Key, StringComparison.Ordinal)).Value;
        string mark = Guid.NewGuid().ToString("N");
        var actor = new Actor("dev:" + mark, mark) { Origin = mark, Rights = ActorRights.All & ~needed };

        ActorRefusedException refused = await Assert.ThrowsAsync<ActorRefusedException>(() => new WriterBench(Store).Deeds[writer](actor));

        Assert.Equal((actor, needed), (refused.Actor, refused.Needed));
        Assert.Empty(await PlacesOfAsync(mark));
    }

    [Fact]
    public void Writers_AreFoundAndDone()
    {
        Assert.True(Writers.All.Count >= 18);
        Assert.Equal(Writers.All.Select(Writers.Name), new WriterBench(Store).Deeds.Keys.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Entities_AllOfThem_HaveAWriterOrAreMachinery()
    {
        using PortalDbContext db = Store.CreateDbContext();
        List<string> entities = [.. db.Model.GetEntityTypes().Select(type => type.ClrType.Name)];

        Assert.Equal(entities.Order(StringComparer.Ordinal), Machinery.Concat(Changers.Keys).Order(StringComparer.Ordinal));
        Assert.All(Changers.Values, prefix => Assert.Contains(Writers.All.Select(Writers.Name), name => name.StartsWith(prefix, StringComparison.Ordinal)));
    }

    /// <summary>The columns of whatever table that have a row with a text in it.</summary>
    private async Task<IReadOnlyList<string>> PlacesOfAsync(string text)
    {
        await using PortalDbContext db = Store.CreateDbContext();
        var quoting = db.GetService<ISqlGenerationHelper>();
        var places = new List<string>();
        foreach (IEntityType entity in db.Model.GetEntityTypes())
        {
            var table = StoreObjectIdentifier.Table(entity.GetTableName()!, entity.GetSchema());
            foreach (IProperty property in entity.GetProperties().Where(property => property.ClrType == typeof(string)))
            {
                string column = property.GetColumnName(table)!;
                string sql = $"SELECT COUNT(*) AS {quoting.DelimitIdentifier("Value")} FROM {quoting.DelimitIdentifier(table.Name)} WHERE {quoting.DelimitIdentifier(column)} LIKE {{0}}";
                if (await db.Database.SqlQueryRaw<int>(sql, $"%{text}%").SingleAsync() > 0)
                {
                    places.Add($"{table.Name}.{column}");
                }
            }
        }

        return places;
    }
}

public sealed class SqliteEveryWriterTests() : EveryWriterTests(StoreKind.Sqlite);

public sealed class SqlServerEveryWriterTests() : EveryWriterTests(StoreKind.SqlServer);
