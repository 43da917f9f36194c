using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Alerts;

public sealed class AlertDetailQueriesTests : IDisposable
{
    private readonly AlertStore store = new();
    private readonly AlertDetailQueries queries;

    public AlertDetailQueriesTests() => queries = new AlertDetailQueries(store);

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Find_NoSuchAlert_IsNull() => Assert.Null(await queries.FindAsync(404, default));

    [Fact]
    public async Task Find_AnAlert_HasAllThatAPersonNeeds()
    {
        var seed = new AlertSeed();
        var seen = await store.RaiseAsync(seed);

        var alert = (await queries.FindAsync(seen.Id, default))!;

        Assert.StartsWith("updater on web-01.contoso.example made 6 connections to Moldova", alert.Summary);
        Assert.Equal(("more than 5", null, 30, 30), (alert.TriggerText, alert.Trigger, alert.BaselineDays, alert.LookbackDays));
        Assert.Equal(["T1071"], alert.Techniques);
        Assert.Equal(new FindingEntity(EntityType.Country, "Moldova"), alert.Entities[^1]);
        var occurrence = Assert.Single(alert.Occurrences);
        Assert.Equal((1, AlertSeed.Noon.AddHours(-1), AlertSeed.Noon, 6, 6), (occurrence.RuleVersion, occurrence.WindowStartUtc, occurrence.WindowEndUtc, occurrence.TotalRows, occurrence.StoredRows));
        Assert.Equal(6, alert.Explanations.Count);
        Assert.Equal(("countryRows", 2, 5, 3), (alert.Explanations[0].Measures[0].Key, alert.Explanations[0].Measures[0].Value, alert.Explanations[0].Measures[0].Limit, alert.Explanations[0].Measures[0].Distance));
        Assert.Equal(ActivityKind.Raised, Assert.Single(alert.Activities).Kind);
    }

    [Fact]
    public async Task Find_RuleVersionIsStored_TellsItsTrigger()
    {
        await using (var db = store.CreateDbContext())
        {
            db.AnalyticsRules.Add(new AnalyticsRule(AlertSeed.FirstRule, "Rule", true, AlertSeed.Noon));
            db.RuleVersions.Add(new RuleVersion
            {
                RuleId = AlertSeed.FirstRule,
                Number = 1,
                CreatedUtc = AlertSeed.Noon,
                ActorId = "system",
                ActorName = "System",
                Definition = RuleDefinitionJson.Write(new RuleDefinition { Name = "Rule", Detector = "any", TriggerOperator = TriggerOperator.GreaterThan, TriggerThreshold = 5 }),
            });
            await db.SaveChangesAsync();
        }

        var seen = await store.RaiseAsync(new AlertSeed());

        Assert.Equal(new TriggerCondition(TriggerOperator.GreaterThan, 5), (await queries.FindAsync(seen.Id, default))!.Trigger);
    }

    [Fact]
    public async Task Evidence_ManyRows_ComesInPagesInTheQuerysOrder()
    {
        var seen = await store.RaiseAsync([new AlertSeed { Rows = 120 }, new AlertSeed { Rows = 3 }]);

        var page = (await queries.EvidenceAsync(seen[0].Id, 100, 50, default))!;

        Assert.Equal(120, page.Total);
        Assert.Equal(Enumerable.Range(100, 20), page.Items.Select(row => row.Ordinal));
        Assert.Equal(18, page.Items[0].Columns.Count);
        Assert.Equal("ProcessName", page.Items[0].Columns[0].Name);
        Assert.Equal("sum_BytesReceived", page.Items[0].Columns[^1].Name);
        Assert.Equal(443L, page.Items[0].Columns.Single(column => column.Name == "DestinationPort").Value);
        Assert.StartsWith("updater on web-01", page.Items[0].Explanation.Summary);
    }

    [Fact]
    public async Task Mark_Alert_TellsItsEntitiesAndTheKeysOfItsRows()
    {
        var seen = await store.RaiseAsync(new AlertSeed { Rows = 3 });

        var mark = (await queries.MarkAsync(seen.Id, default))!;

        Assert.Equal((seen.Id, AlertSeed.FirstRule, 4), (mark.Id, mark.RuleId, mark.Entities.Count));
        Assert.All(mark.Rows, row => Assert.Equal(AlertSeed.Noon, row.WindowEndUtc));
        Assert.Equal(3, mark.Rows.Select(row => row.GroupKey).Distinct().Count());
        Assert.Null(await queries.MarkAsync(404, default));
    }

    [Fact]
    public async Task Evidence_NoSuchAlert_IsNull() => Assert.Null(await queries.EvidenceAsync(404, 0, 50, default));

    [Fact]
    public async Task Evidence_AlertWithoutRows_IsEmpty()
    {
        var seen = await store.RaiseAsync(new AlertSeed { Rows = 0 });

        Assert.Equal(0, (await queries.EvidenceAsync(seen.Id, 0, 50, default))!.Total);
        Assert.Empty((await queries.FindAsync(seen.Id, default))!.Explanations);
    }

    [Fact]
    public async Task StreamEvidence_MoreThanAChunk_GivesEachRowOnce()
    {
        var seen = await store.RaiseAsync(new AlertSeed { Rows = 1001 });

        var ordinals = new List<int>();
        await foreach (var row in queries.StreamEvidenceAsync(seen.Id, default))
        {
            ordinals.Add(row.Ordinal);
        }

        Assert.Equal(Enumerable.Range(0, 1001), ordinals);
    }

    [Fact]
    public async Task Similar_SharedEntitiesComeFirst_WithTheReason()
    {
        var seen = await store.RaiseAsync(
        [
            new AlertSeed { Title = "self" },
            new AlertSeed { Title = "same rule alone", Host = "h", Process = "p", SourceIp = "i", Country = "c" },
            new AlertSeed { Title = "same host and country of another rule", RuleId = Guid.NewGuid(), Process = "p", SourceIp = "i" },
            new AlertSeed { Title = "nothing in common", RuleId = Guid.NewGuid(), Host = "h", Process = "p", SourceIp = "i", Country = "c" },
            new AlertSeed { Title = "too old", RaisedUtc = AlertSeed.Noon.AddDays(-15) },
            new AlertSeed { Title = "everything" },
            new AlertSeed { Title = "same value of another type", RuleId = Guid.NewGuid(), Host = "Moldova", Process = "10.1.4.20", SourceIp = "updater", Country = "web-01.contoso.example" },
        ]);

        var similar = await queries.SimilarAsync(seen[0].Id, default);

        Assert.Equal(["everything", "same host and country of another rule", "same rule alone"], similar.Select(other => other.Alert.Title));
        Assert.Equal([4, 2, 0], similar.Select(other => other.SharedCount));
        Assert.Equal([true, false, true], similar.Select(other => other.SameRule));
        Assert.Equal([new FindingEntity(EntityType.Host, "web-01.contoso.example"), new FindingEntity(EntityType.Country, "Moldova")], similar[1].Shared);
    }

    [Fact]
    public async Task Similar_VeryMany_AreCut()
    {
        var seen = await store.RaiseAsync(Enumerable.Range(0, AlertDetailQueries.MaxSimilar + 5).Select(_ => new AlertSeed { Rows = 0 }));

        var similar = await queries.SimilarAsync(seen[0].Id, default);

        Assert.Equal(seen.Skip(5).Select(alert => alert.Id).OrderDescending(), similar.Select(other => other.Alert.Id));
    }

    [Fact]
    public async Task Similar_NoSuchAlert_IsEmpty() => Assert.Empty(await queries.SimilarAsync(404, default));
}
