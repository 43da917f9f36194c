using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Alerts;

public sealed class AlertQueriesTests : IDisposable
{
    private static readonly Actor Ada = new("dev:Responder", "Ada") { Rights = ActorRights.Respond };
    private static readonly Actor Ben = new("entra:t/b", "Ben") { Rights = ActorRights.Respond };
    private static readonly ClosingVerdict Undetermined = new(Classification.Undetermined, ClassificationReason.None);

    private readonly AlertStore store = new();
    private readonly AlertQueries queries;
    private readonly AlertTriage triage;

    public AlertQueriesTests()
    {
        queries = new AlertQueries(store);
        triage = new AlertTriage(store, store.Clock);
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Page_EmptyStore_IsEmpty()
    {
        var page = await queries.PageAsync(AlertFilter.Everything, AlertOrder.NewestFirst, 0, 25, default);

        Assert.Equal((0, 0, false), (page.Items.Count, page.Total, page.TotalIsCapped));
    }

    [Fact]
    public async Task Page_OneAlert_CarriesWhatTheListShows()
    {
        var seed = new AlertSeed { Severity = Severity.High, Tactics = [AttackTactic.Exfiltration, AttackTactic.Discovery] };
        var seen = await store.RaiseAsync(seed);
        await triage.AcknowledgeAsync(seen, Ada, default);

        var item = Assert.Single((await queries.PageAsync(AlertFilter.Everything, AlertOrder.NewestFirst, 0, 25, default)).Items);

        Assert.Equal("updater on web-01.contoso.example connected to Moldova", item.Title);
        Assert.Equal((Severity.High, AlertStatus.Active, Ada.Name, 2), (item.Severity, item.Status, item.OwnerName, item.Version));
        Assert.Equal((AlertSeed.FirstRule, seed.RuleName, 1, 6), (item.RuleId, item.RuleName, item.RuleVersion, item.ResultCount));
        Assert.Equal((seed.RaisedUtc, DateTimeKind.Utc), (item.RaisedUtc, item.RaisedUtc.Kind));
        Assert.Equal([AttackTactic.Discovery, AttackTactic.Exfiltration], item.Tactics);
        Assert.Equal([(EntityType.Host, "web-01.contoso.example"), (EntityType.Process, "updater"), (EntityType.Ip, "10.1.4.20"), (EntityType.Country, "Moldova")], item.Entities.Select(group => (group.Type, group.Values.Single())));
    }

    [Fact]
    public async Task Page_AlertWithManyEntities_CarriesTheFirstFewAndTheirCount()
    {
        await store.RaiseAsync(new AlertSeed { Entities = [.. Enumerable.Range(0, 40).Select(number => new FindingEntity(EntityType.Ip, $"10.0.0.{number}"))] });

        var group = Assert.Single(Assert.Single((await queries.PageAsync(AlertFilter.Everything, AlertOrder.NewestFirst, 0, 25, default)).Items).Entities);

        Assert.Equal(40, group.Count);
        Assert.Equal(["10.0.0.0", "10.0.0.1", "10.0.0.2", "10.0.0.3", "10.0.0.4"], group.Values);
    }

    [Fact]
    public async Task Page_EachFilter_KeepsWhatItSays()
    {
        var other = Guid.NewGuid();
        var seen = await store.RaiseAsync(
        [
            new AlertSeed { Title = "zero", Severity = Severity.High, Tactics = [AttackTactic.Impact], Country = "Chad" },
            new AlertSeed { Title = "one", Severity = Severity.Medium, RuleId = other, RaisedUtc = AlertSeed.Noon.AddDays(-2) },
            new AlertSeed { Title = "two", Severity = Severity.Low, Process = "powershell" },
        ]);
        await triage.AcknowledgeAsync(seen[1], Ben, default);
        await triage.CloseAsync(seen[2], Undetermined, null, Ada, default);

        await KeepsAsync(new AlertFilter { Tactics = [AttackTactic.Impact] }, "zero");
        await KeepsAsync(new AlertFilter { Tactics = [AttackTactic.Impact, AttackTactic.Discovery] }, "zero", "one", "two");
        await KeepsAsync(new AlertFilter { Severities = [Severity.High, Severity.Low] }, "zero", "two");
        await KeepsAsync(new AlertFilter { Statuses = [AlertStatus.New, AlertStatus.Active] }, "zero", "one");
        await KeepsAsync(new AlertFilter { Rules = [other] }, "one");
        await KeepsAsync(new AlertFilter { Unassigned = true }, "zero", "two");
        await KeepsAsync(new AlertFilter { OwnerId = Ben.Id }, "one");
        await KeepsAsync(new AlertFilter { RaisedFromUtc = AlertSeed.Noon.AddMinutes(5) }, "zero", "two");
        await KeepsAsync(new AlertFilter { RaisedToUtc = AlertSeed.Noon.AddMinutes(5) }, "one");
        await KeepsAsync(new AlertFilter { Entity = new FindingEntity(EntityType.Country, "Chad") }, "zero");
        await KeepsAsync(new AlertFilter { Entity = new FindingEntity(EntityType.Process, "Chad") });
        await KeepsAsync(new AlertFilter { Text = " POWERshell " }, "two");
        await KeepsAsync(new AlertFilter { Text = "ERO" }, "zero");
        await KeepsAsync(new AlertFilter { Severities = [Severity.High], Statuses = [AlertStatus.Closed] });
    }

    [Theory]
    [InlineData("100%")]
    [InlineData("a_b")]
    [InlineData("[0-9]")]
    [InlineData(@"C:\Temp\%x%")]
    [InlineData("'; DROP TABLE Alerts; --")]
    public async Task Page_TextWithWildcards_FindsThemLiterally(string text)
    {
        await store.RaiseAsync([new AlertSeed { Process = $"before {text} after" }, new AlertSeed { Process = "100 percent, axb, 5, C:/Temp/zxz" }]);

        var page = await queries.PageAsync(new AlertFilter { Text = text }, AlertOrder.NewestFirst, 0, 25, default);

        Assert.Contains(text, Assert.Single(page.Items).Title);
    }

    [Fact]
    public async Task Page_TextTooLong_FindsNothing()
    {
        await store.RaiseAsync(new AlertSeed());

        Assert.Empty((await queries.PageAsync(new AlertFilter { Text = new string('u', AlertFilter.MaxTextLength + 1) }, AlertOrder.NewestFirst, 0, 25, default)).Items);
    }

    [Theory]
    [InlineData(AlertSort.Raised, false, "b", "c", "a")]
    [InlineData(AlertSort.Raised, true, "a", "c", "b")]
    [InlineData(AlertSort.Severity, true, "c", "a", "b")]
    [InlineData(AlertSort.Severity, false, "b", "a", "c")]
    [InlineData(AlertSort.Title, false, "a", "b", "c")]
    [InlineData(AlertSort.Title, true, "c", "b", "a")]
    [InlineData(AlertSort.Status, true, "a", "b", "c")]
    [InlineData(AlertSort.Owner, true, "b", "a", "c")]
    [InlineData(AlertSort.Rule, false, "c", "a", "b")]
    public async Task Page_EachOrder_SortsByItAndThenByAge(AlertSort by, bool descending, params string[] titles)
    {
        var seen = await store.RaiseAsync(
        [
            new AlertSeed { Title = "a", Severity = Severity.Medium, RuleName = "R2", RaisedUtc = AlertSeed.Noon.AddHours(3) },
            new AlertSeed { Title = "b", Severity = Severity.Low, RuleName = "R3", RaisedUtc = AlertSeed.Noon.AddHours(1) },
            new AlertSeed { Title = "c", Severity = Severity.High, RuleName = "R1", RaisedUtc = AlertSeed.Noon.AddHours(2) },
        ]);
        await triage.CloseAsync(seen[0], Undetermined, null, Ada, default);
        await triage.AcknowledgeAsync(seen[1], Ben, default);

        var page = await queries.PageAsync(AlertFilter.Everything, new AlertOrder(by, descending), 0, 25, default);

        Assert.Equal(titles, page.Items.Select(item => item.Title));
    }

    [Fact]
    public async Task Page_ManyAlertsOfOneInstant_PagesWithoutGapsOrRepeats()
    {
        await store.RaiseAsync(Enumerable.Range(0, 60).Select(number => new AlertSeed { Title = $"{number}", Rows = 0 }));

        var pages = new List<AlertList>();
        for (var skip = 0; skip < 60; skip += 25)
        {
            pages.Add(await queries.PageAsync(AlertFilter.Everything, new AlertOrder(AlertSort.Severity, true), skip, 25, default));
        }

        Assert.Equal(Enumerable.Range(0, 60).Reverse().Select(number => $"{number}"), pages.SelectMany(page => page.Items).Select(item => item.Title));
        Assert.All(pages, page => Assert.Equal(60, page.Total));
    }

    [Fact]
    public async Task Before_WhileAlertsAreRaised_WalksWithoutGapsOrRepeats()
    {
        await store.RaiseAsync(Enumerable.Range(0, 5).Select(number => new AlertSeed { Title = $"{number}", Rows = 0 }));
        var first = await queries.BeforeAsync(AlertFilter.Everything, null, 3, default);
        await store.RaiseAsync(new AlertSeed { Title = "late" });

        var second = await queries.BeforeAsync(AlertFilter.Everything, first.Items[^1].Id, 3, default);

        Assert.Equal(["4", "3", "2"], first.Items.Select(item => item.Title));
        Assert.Equal(["1", "0"], second.Items.Select(item => item.Title));
        Assert.Equal((5, 6), (first.Total, second.Total));
    }

    [Fact]
    public async Task Stream_MoreThanAChunk_GivesEveryMatchingAlertOnce()
    {
        await store.RaiseAsync(Enumerable.Range(0, 1001).Select(number => new AlertSeed { Rows = 0, Severity = number % 2 == 0 ? Severity.High : Severity.Low }));

        var ids = new List<long>();
        await foreach (var item in queries.StreamAsync(new AlertFilter { Severities = [Severity.High] }, default))
        {
            ids.Add(item.Id);
        }

        Assert.Equal(501, ids.Count);
        Assert.Equal(ids.OrderDescending().Distinct(), ids);
    }

    [Fact]
    public async Task Tactics_AlertWithSeveral_CountsUnderEachInMatrixOrder()
    {
        await store.RaiseAsync(
        [
            new AlertSeed { Severity = Severity.High, Tactics = [AttackTactic.Exfiltration, AttackTactic.CommandAndControl] },
            new AlertSeed { Severity = Severity.Low, Tactics = [AttackTactic.Exfiltration] },
        ]);

        var counts = await queries.TacticsAsync(AlertFilter.Everything, default);

        Assert.Equal(AttackTactics.InMatrixOrder, counts.Select(count => count.Tactic));
        Assert.Equal(new SeverityCounts(High: 1, Medium: 0, Low: 1, Informational: 0), counts.Single(count => count.Tactic is AttackTactic.Exfiltration).Alerts);
        Assert.Equal(new SeverityCounts(High: 1, Medium: 0, Low: 0, Informational: 0), counts.Single(count => count.Tactic is AttackTactic.CommandAndControl).Alerts);
        Assert.Equal(3, counts.Sum(count => count.Alerts.Total));
    }

    [Fact]
    public async Task Tactics_UnderAFilter_HeedsAllButItsTactics()
    {
        await store.RaiseAsync(
        [
            new AlertSeed { Severity = Severity.High, Tactics = [AttackTactic.Impact] },
            new AlertSeed { Severity = Severity.Low, Tactics = [AttackTactic.Discovery] },
            new AlertSeed { Severity = Severity.High, Tactics = [AttackTactic.Discovery] },
        ]);

        var counts = await queries.TacticsAsync(new AlertFilter { Tactics = [AttackTactic.Impact], Severities = [Severity.High] }, default);

        Assert.Equal([(AttackTactic.Discovery, 1), (AttackTactic.Impact, 1)], counts.Where(count => count.Alerts.Total > 0).Select(count => (count.Tactic, count.Alerts.Total)));
    }

    [Fact]
    public async Task KnownOwners_AreThoseWhoWorkedOrOwnUnderTheirLatestName()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        var assigned = await triage.AssignAsync(seen, new Actor("entra:t/c", "Cai"), Ada, default);
        await triage.CommentAsync(seen with { Version = assigned.Version!.Value }, "Hello.", Ada with { Name = "Ada L." }, default);

        Assert.Equal([Ada with { Name = "Ada L.", Rights = ActorRights.None }, new Actor("entra:t/c", "Cai")], await queries.KnownOwnersAsync(default));
    }

    [Fact]
    public async Task Rules_AreThoseThatRaisedUnderTheirLatestName()
    {
        var other = Guid.NewGuid();
        await store.RaiseAsync([new AlertSeed { RuleName = "Old" }, new AlertSeed { RuleName = "New" }, new AlertSeed { RuleId = other, RuleName = "Another" }]);

        Assert.Equal([new RuleReference(other, "Another"), new RuleReference(AlertSeed.FirstRule, "New")], await queries.RulesAsync(default));
    }

    private async Task KeepsAsync(AlertFilter filter, params string[] titles)
    {
        var page = await queries.PageAsync(filter, new AlertOrder(AlertSort.Raised, true), 0, 25, default);
        Assert.Equal(titles.Order(), page.Items.Select(item => item.Title).Order());
        Assert.Equal(titles.Length, page.Total);
    }
}
