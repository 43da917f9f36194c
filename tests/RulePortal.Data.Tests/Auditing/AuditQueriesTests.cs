using RulePortal.Data.Auditing;
using RulePortal.Data.Tests.Stores;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Auditing;

public abstract class AuditQueriesTests(StoreKind kind) : StoreTests(kind)
{
    private static readonly Actor Ben = new("entra:t/ben", "Ben") { Origin = "192.0.2.8", Rights = ActorRights.All };

    private AuditQueries Queries => new(Store);

    private DateTime Now => Store.Clock.GetUtcNow().UtcDateTime;

    [Fact]
    public async Task Page_Everything_IsNewestFirst()
    {
        await FillAsync();

        AuditList page = await Queries.PageAsync(AuditFilter.Everything, 1, 2, default);

        Assert.Equal((4, false), (page.Total, page.TotalIsCapped));
        Assert.Equal(["key:1", "rule:50%"], page.Items.Select(entry => entry.Subject));
    }

    [Fact]
    public async Task Page_EachFilter_KeepsWhatFits()
    {
        await FillAsync();

        Assert.Equal(["GET /api/v1/audit", "key:1"], await SubjectsAsync(new() { FromUtc = Now.AddHours(-2) }));
        Assert.Equal(["rule:50%", "rule:500"], await SubjectsAsync(new() { ToUtc = Now.AddHours(-2) }));
        Assert.Equal(["key:1", "rule:500"], await SubjectsAsync(new() { ActorIds = [Ben.Id] }));
        Assert.Equal(["key:1", "rule:50%", "rule:500"], await SubjectsAsync(new() { Actions = [AuditActions.RuleSave, AuditActions.KeyCreate] }));
        Assert.Equal(["GET /api/v1/audit"], await SubjectsAsync(new() { Outcomes = [AuditOutcome.Denied, AuditOutcome.Failed] }));
        Assert.Equal(["rule:50%"], await SubjectsAsync(new() { Text = " 50% " }));
        Assert.Equal(["key:1", "rule:500"], await SubjectsAsync(new() { Text = "BEN" }));
        Assert.Equal(["key:1", "rule:500"], await SubjectsAsync(new() { Text = "192.0.2.8" }));
        Assert.Equal(["GET /api/v1/audit"], await SubjectsAsync(new() { Text = "the role" }));
        Assert.Empty(await SubjectsAsync(new() { Text = new string('x', AuditFilter.MaxTextLength + 1) }));
        Assert.Equal(["rule:500"], await SubjectsAsync(new() { ActorIds = [Ben.Id], Actions = [AuditActions.RuleSave] }));
    }

    [Fact]
    public async Task Before_WalkWhileEntriesAreWritten_MissesAndRepeatsNothing()
    {
        await FillAsync();
        AuditList first = await Queries.BeforeAsync(AuditFilter.Everything, beforeId: null, 2, default);
        await Store.WriteEntriesAsync(3);

        AuditList second = await Queries.BeforeAsync(AuditFilter.Everything, first.Items[^1].Id, 2, default);

        Assert.Equal(["GET /api/v1/audit", "key:1", "rule:50%", "rule:500"], first.Items.Concat(second.Items).Select(entry => entry.Subject));
    }

    [Fact]
    public async Task Stream_MoreThanARound_HasAllInTheOrderOfWriting()
    {
        await Store.WriteEntriesAsync(1201);

        List<long> ids = await Queries.StreamAsync(AuditFilter.Everything, default).Select(entry => entry.Id).ToListAsync();

        Assert.Equal(1201, await Queries.CountAsync(AuditFilter.Everything, default));
        Assert.Equal(Enumerable.Range(1, 1201).Select(number => (long)number), ids);
    }

    [Fact]
    public async Task Actors_Renamed_HaveTheirLastName()
    {
        await FillAsync();
        await AppendAsync(Ben with { Name = "Ben Z." }, AuditActions.RuleSave, "rule:1");

        Assert.Equal(["Ada", "Anonymous", "Ben Z."], (await Queries.ActorsAsync(default)).Select(actor => actor.Name));
    }

    [Fact]
    public async Task Chain_SealedPrunedAndWaiting_IsCounted()
    {
        await Store.WriteEntriesAsync(5);
        var sealer = new AuditSealer(Store, Store.Clock);
        await sealer.SealAsync(default);
        Store.Clock.Advance(TimeSpan.FromDays(100));
        await new AuditRetention(Store, new AuditVerifier(Store, Store.Clock), Store.Clock).PruneAsync(TimeSpan.FromDays(90), TestStore.Ada, default);
        await Store.WriteEntriesAsync(2);
        await sealer.SealAsync(default);
        await Store.WriteEntriesAsync(1);

        AuditChainState chain = await Queries.ChainAsync(default);

        Assert.Equal((3L, 1, 8L, 5L), (chain.Sealed, chain.Waiting, chain.Head!.Position, chain.Checkpoint!.Position));
    }

    private async Task FillAsync()
    {
        await AppendAsync(Ben, AuditActions.RuleSave, "rule:500");
        await AppendAsync(TestStore.Ada, AuditActions.RuleSave, "rule:50%");
        await AppendAsync(Ben, AuditActions.KeyCreate, "key:1");
        await AppendAsync(Actor.Anonymous, AuditActions.RequestSend, "GET /api/v1/audit", AuditOutcome.Denied, "This needs the role Administrator.");
    }

    private async Task AppendAsync(Actor actor, string action, string subject, AuditOutcome outcome = AuditOutcome.Succeeded, string? detail = null)
    {
        await new AuditRecorder(Store).AppendAsync([new AuditEntry(Now, actor, action, subject) { Outcome = outcome, Detail = detail }], default);
        Store.Clock.Advance(TimeSpan.FromHours(1));
    }

    private async Task<IEnumerable<string>> SubjectsAsync(AuditFilter filter)
    {
        List<string> streamed = await Queries.StreamAsync(filter, default).Select(entry => entry.Subject).Reverse().ToListAsync();
        AuditList page = await Queries.PageAsync(filter, 0, 100, default);
        Assert.Equal(streamed, page.Items.Select(entry => entry.Subject));
        Assert.Equal(page.Total, await Queries.CountAsync(filter, default));
        return streamed;
    }
}

public sealed class SqliteAuditQueriesTests() : AuditQueriesTests(StoreKind.Sqlite);

public sealed class SqlServerAuditQueriesTests() : AuditQueriesTests(StoreKind.SqlServer);
