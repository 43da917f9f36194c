using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Auditing;

/// <summary>Nine sealed entries, and everything that somebody with the database's password can do to them.</summary>
public abstract class AuditVerifierTests(StoreKind kind) : StoreTests(kind)
{
    private AuditVerifier Verifier => new(Store, Store.Clock);

    public static TheoryData<string> Alterations =>
    [
        "AtUtc = '2020-01-01 00:00:00'", "ActorId = 'dev:eve'", "ActorName = 'Eve'", "Origin = '192.0.2.99'", "Action = 'rule.enable'", "Subject = 'rule:99'",
        "Outcome = 1", "Attempts = 2", "Detail = 'Version 99'", "Detail = NULL", "Detail = ''", "[Before] = '{{}}'", "[Before] = NULL", "[After] = NULL", "[After] = ''",
        "[Before] = [After], [After] = [Before]", "Hash = NULL",
        "Hash = (SELECT Hash FROM AuditChainHeads)",
    ];

    [Fact]
    public async Task Verify_UntouchedChain_Holds()
    {
        await SealAsync(9);
        await Store.WriteEntriesAsync(2);

        AuditVerification found = await Verifier.VerifyAsync(anchor: null, default);

        Assert.Null(found.Fault);
        Assert.Equal((9L, 2, 0L), (found.Verified, found.Unsealed, found.Removed));
        Assert.Equal(new AuditAnchor(9, (await Store.SealedAsync())[^1].Hash!).ToString(), found.End!.ToString());
    }

    [Fact]
    public async Task Verify_EmptyTrail_Holds() => Assert.Equal(new AuditVerification(0, 0, 0, null, null), await Verifier.VerifyAsync(anchor: null, default));

    [Fact]
    public async Task Verify_MoreThanAPage_Holds()
    {
        await SealAsync(2345);

        Assert.Equal(2345, (await Verifier.VerifyAsync(anchor: null, default)).Verified);
    }

    [Theory]
    [MemberData(nameof(Alterations))]
    public async Task Verify_ColumnAltered_SaysWhere(string set)
    {
        await SealAsync(9);
        await Store.WithoutTriggersAsync($"UPDATE AuditEntries SET {set} WHERE Position = 4");

        AuditVerification found = await Verifier.VerifyAsync(anchor: null, default);

        Assert.Equal((AuditFaultKind.Altered, 4L, 3L), (found.Fault!.Kind, found.Fault.Position, found.Verified));
        Assert.Contains("altered", found.Fault.Sentence, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Position = 4", 4, "The entry at position 4 is missing.")]
    [InlineData("Position = 1", 1, "The entry at position 1 is missing.")]
    [InlineData("Position BETWEEN 3 AND 6", 3, "The entries at positions 3 to 6 are missing.")]
    [InlineData("Position = 9", 9, "The entry at position 9 is missing.")]
    [InlineData("Position >= 7", 7, "The entries at positions 7 to 9 are missing.")]
    [InlineData("1 = 1", 1, "The entries at positions 1 to 9 are missing.")]
    public async Task Verify_EntriesDeleted_SaysWhich(string where, long position, string sentence)
    {
        await SealAsync(9);
        await Store.WithoutTriggersAsync($"DELETE FROM AuditEntries WHERE {where}");

        Assert.Equal(new AuditFault(AuditFaultKind.Missing, position, sentence), (await Verifier.VerifyAsync(anchor: null, default)).Fault);
    }

    [Fact]
    public async Task Verify_EntryUnsealed_IsMissingWhereItStood()
    {
        await SealAsync(9);
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = NULL, Hash = NULL WHERE Position = 4");
        await new AuditSealer(Store, Store.Clock).SealAsync(default);

        AuditVerification found = await Verifier.VerifyAsync(anchor: null, default);

        Assert.Equal((AuditFaultKind.Missing, 4L), (found.Fault!.Kind, found.Fault.Position));
    }

    [Fact]
    public async Task Verify_TwoEntriesSwapped_SaysReordered()
    {
        await SealAsync(9);
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = CASE Position WHEN 3 THEN -6 ELSE -3 END WHERE Position IN (3, 6)");
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = -Position WHERE Position < 0");

        AuditFault fault = (await Verifier.VerifyAsync(anchor: null, default)).Fault!;

        Assert.Equal((AuditFaultKind.Reordered, 3L), (fault.Kind, fault.Position));
        Assert.Equal("Position 3 holds entry 6; entry 3 was sealed there and stands at position 6.", fault.Sentence);
    }

    [Fact]
    public async Task Verify_TwoEntriesSwappedUnderTheirHashes_SaysReordered()
    {
        await SealAsync(9);
        List<AuditEntry> entries = await Store.SealedAsync();
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = CASE Position WHEN 3 THEN -6 ELSE -3 END WHERE Position IN (3, 6)");
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = 3, Hash = {0} WHERE Position = -3", entries[2].Hash!);
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = 6, Hash = {0} WHERE Position = -6", entries[5].Hash!);

        AuditFault fault = (await Verifier.VerifyAsync(anchor: null, default)).Fault!;

        Assert.Equal((AuditFaultKind.Reordered, 3L), (fault.Kind, fault.Position));
    }

    [Fact]
    public async Task Verify_ForgedEntryBeyondTheHead_SaysInserted()
    {
        await SealAsync(9);
        AuditEntry last = (await Store.SealedAsync())[^1];
        await Store.InsertAsync(Forged());
        AuditEntry forged = (await Store.UnsealedAsync()).Single();
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = 10, Hash = {0} WHERE Position IS NULL", AuditHash.Of(last.Hash!, 10, forged));

        AuditFault fault = (await Verifier.VerifyAsync(anchor: null, default)).Fault!;

        Assert.Equal((AuditFaultKind.Inserted, 10L), (fault.Kind, fault.Position));
    }

    [Fact]
    public async Task Verify_ForgedEntryInTheMiddle_IsFoundThere()
    {
        await SealAsync(9);
        List<AuditEntry> entries = await Store.SealedAsync();
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = -(Position + 1) WHERE Position >= 5");
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = -Position WHERE Position < 0");
        await Store.InsertAsync(Forged(), 5, entries[4].Hash);

        Assert.Equal(5, (await Verifier.VerifyAsync(anchor: null, default)).Fault!.Position);
    }

    [Fact]
    public async Task Verify_ForgedEntryBeforeTheFirst_SaysInserted()
    {
        await SealAsync(3);
        await Store.InsertAsync(Forged(), 0, AuditHash.Origin);

        Assert.Equal(AuditFaultKind.Inserted, (await Verifier.VerifyAsync(anchor: null, default)).Fault!.Kind);
    }

    [Theory]
    [InlineData("DELETE FROM AuditChainHeads", AuditFaultKind.Head)]
    [InlineData("UPDATE AuditChainHeads SET Position = 12", AuditFaultKind.Missing)]
    [InlineData("UPDATE AuditChainHeads SET Position = 5", AuditFaultKind.Inserted)]
    [InlineData("UPDATE AuditChainHeads SET Hash = (SELECT Hash FROM AuditEntries WHERE Position = 3)", AuditFaultKind.Head)]
    public async Task Verify_HeadTamperedWith_SaysSo(string statement, AuditFaultKind kind)
    {
        await SealAsync(9);
        await Store.WithoutTriggersAsync(statement);

        Assert.Equal(kind, (await Verifier.VerifyAsync(anchor: null, default)).Fault!.Kind);
    }

    [Fact]
    public async Task Verify_ChainMadeAnew_IsFoundByWhatWasNotedElsewhereAlone()
    {
        await SealAsync(9);
        AuditAnchor noted = (await Verifier.VerifyAsync(anchor: null, default)).End!;
        // Whoever may write everything alters an entry and seals all of it again.
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Subject = 'rule:99' WHERE Position = 4");
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Position = NULL, Hash = NULL");
        await Store.WithoutTriggersAsync("UPDATE AuditChainHeads SET Position = 0, Hash = {0}", AuditHash.Origin);
        await new AuditSealer(Store, Store.Clock).SealAsync(default);

        Assert.Null((await Verifier.VerifyAsync(anchor: null, default)).Fault);
        Assert.Equal((AuditFaultKind.Anchor, 9L), await KindAsync(noted));
        Assert.Null((await Verifier.VerifyAsync((await Verifier.VerifyAsync(anchor: null, default)).End, default)).Fault);
    }

    [Fact]
    public async Task Verify_ChainMadeAnewAndShorter_IsFoundByWhatWasNoted()
    {
        await SealAsync(9);
        AuditAnchor noted = (await Verifier.VerifyAsync(anchor: null, default)).End!;
        await Store.WithoutTriggersAsync("DELETE FROM AuditEntries WHERE Position > 6");
        await Store.WithoutTriggersAsync("UPDATE AuditChainHeads SET Position = 6, Hash = (SELECT Hash FROM AuditEntries WHERE Position = 6)");

        Assert.Null((await Verifier.VerifyAsync(anchor: null, default)).Fault);
        Assert.Equal((AuditFaultKind.Anchor, 7L), await KindAsync(noted));
    }

    [Fact]
    public async Task VerifyAndNote_BrokenAndMended_IsToldAtTheHead()
    {
        await SealAsync(3);
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Attempts = 7 WHERE Position = 2");
        await Verifier.VerifyAndNoteAsync(default);
        AuditChainHead broken = await HeadAsync();
        await Store.WithoutTriggersAsync("UPDATE AuditEntries SET Attempts = 1 WHERE Position = 2");
        Store.Clock.Advance(TimeSpan.FromDays(1));
        await Verifier.VerifyAndNoteAsync(default);
        AuditChainHead mended = await HeadAsync();

        Assert.Equal("Entry 2 at position 2 is not what was sealed: it was altered.", broken.Fault);
        Assert.Equal((null, Store.Clock.GetUtcNow().UtcDateTime, 3L), (mended.Fault, mended.VerifiedUtc, mended.Position));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("7:abc")]
    [InlineData("0:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("-1:0000000000000000000000000000000000000000000000000000000000000000")]
    [InlineData("1:000000000000000000000000000000000000000000000000000000000000000g")]
    public void Anchor_NoAnchor_IsNotRead(string? text) => Assert.Null(AuditAnchor.Parse(text));

    private static AuditEntry Forged() => new(new DateTime(2026, 1, 31, 0, 0, 3, DateTimeKind.Utc), TestStore.Ada, AuditActions.RuleEnable, "rule:1", "{}", "{}");

    private async Task SealAsync(int count)
    {
        await Store.WriteEntriesAsync(count);
        Assert.Equal(count, await new AuditSealer(Store, Store.Clock).SealAsync(default));
    }

    private async Task<(AuditFaultKind Kind, long Position)> KindAsync(AuditAnchor noted)
    {
        AuditFault fault = (await Verifier.VerifyAsync(AuditAnchor.Parse(noted.ToString()), default)).Fault!;
        Assert.Contains("made anew", fault.Sentence, StringComparison.Ordinal);
        return (fault.Kind, fault.Position);
    }

    private async Task<AuditChainHead> HeadAsync()
    {
        await using PortalDbContext db = Store.CreateDbContext();
        return await db.AuditChainHeads.AsNoTracking().SingleAsync();
    }
}

public sealed class SqliteAuditVerifierTests() : AuditVerifierTests(StoreKind.Sqlite);

public sealed class SqlServerAuditVerifierTests() : AuditVerifierTests(StoreKind.SqlServer);
