using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;

namespace RulePortal.Data.Tests.Alerts;

public sealed class AlertTriageTests : IDisposable
{
    private static readonly Actor Ada = new("dev:Responder", "Ada") { Rights = ActorRights.Respond };
    private static readonly Actor Ben = new("entra:t/b", "Ben") { Rights = ActorRights.Respond };
    private static readonly ClosingVerdict Benign = new(Classification.BenignPositive, ClassificationReason.SuspiciousButExpected);

    private readonly AlertStore store = new();
    private readonly AlertTriage triage;
    private readonly AlertDetailQueries details;

    public AlertTriageTests()
    {
        triage = new AlertTriage(store, store.Clock);
        details = new AlertDetailQueries(store);
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task Acknowledge_NewAlert_IsActiveAndOwnedAndLogged()
    {
        var seen = await store.RaiseAsync(new AlertSeed());

        var result = await triage.AcknowledgeAsync(seen, Ada, default);

        Assert.Equal(TriageOutcome.Changed, result.Outcome);
        Assert.Equal(2, result.Version);
        var alert = (await details.FindAsync(seen.Id, default))!;
        Assert.Equal((AlertStatus.Active, Ada.Id, Ada.Name), (alert.Alert.Status, alert.Alert.OwnerId, alert.Alert.OwnerName));
        Assert.Equal(store.Now, alert.Alert.ChangedUtc);
        Assert.Equal([ActivityKind.Raised, ActivityKind.Acknowledged, ActivityKind.Assigned], alert.Activities.Select(activity => activity.Kind));
        Assert.All(alert.Activities.Skip(1), activity => Assert.Equal((Ada.Id, Ada.Name, store.Now), (activity.ActorId, activity.ActorName, activity.AtUtc)));
    }

    [Fact]
    public async Task Acknowledge_SomebodyElsesAlert_KeepsTheOwner()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        var assigned = await triage.AssignAsync(seen, Ben, Ada, default);

        await triage.AcknowledgeAsync(seen with { Version = assigned.Version!.Value }, Ada, default);

        Assert.Equal(Ben.Id, (await details.FindAsync(seen.Id, default))!.Alert.OwnerId);
    }

    [Fact]
    public async Task Acknowledge_ActiveAlert_IsUnchangedAndWritesNothing()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        var first = await triage.AcknowledgeAsync(seen, Ada, default);

        var second = await triage.AcknowledgeAsync(seen with { Version = 2 }, Ben, default);

        Assert.Equal((TriageOutcome.Unchanged, first.Version), (second.Outcome, second.Version));
        Assert.Equal(3, (await details.FindAsync(seen.Id, default))!.Activities.Count);
    }

    [Fact]
    public async Task Close_OnSightOfAnOlderVersion_IsConflictThatTellsWhatHappened()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        await triage.AcknowledgeAsync(seen, Ada, default);
        await triage.CommentAsync(seen with { Version = 2 }, "Known backup job.", Ada, default);

        var result = await triage.CloseAsync(seen, Benign, "mine", Ben, default);

        Assert.Equal((TriageOutcome.Conflict, 3), (result.Outcome, result.Version));
        Assert.Equal([ActivityKind.Acknowledged, ActivityKind.Assigned, ActivityKind.Commented], result.Meanwhile.Select(activity => activity.Kind));
        Assert.Equal("Known backup job.", result.Meanwhile[^1].Comment);
        Assert.Equal(AlertStatus.Active, (await details.FindAsync(seen.Id, default))!.Alert.Status);
    }

    [Fact]
    public async Task Close_SavedAtTheSameMomentAsAnother_OneWinsAndTheOtherIsTold()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        var racing = new RacingFactory(store, () => triage.AssignAsync(seen, Ben, Ben, default));

        var result = await new AlertTriage(racing, store.Clock).CloseAsync(seen, Benign, null, Ada, default);

        Assert.Equal(1, racing.Races);
        Assert.Equal((TriageOutcome.Conflict, 2), (result.Outcome, result.Version));
        var told = Assert.Single(result.Meanwhile);
        Assert.Equal((ActivityKind.Assigned, "Ben"), (told.Kind, told.ActorName));
        var alert = (await details.FindAsync(seen.Id, default))!;
        Assert.Equal((AlertStatus.New, Ben.Id), (alert.Alert.Status, alert.Alert.OwnerId));
        Assert.DoesNotContain(alert.Activities, activity => activity.Kind is ActivityKind.Closed);
    }

    [Fact]
    public async Task Acknowledge_ManyPeopleAtOnce_ExactlyOneWins()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        var people = Enumerable.Range(0, 8).Select(number => new Actor($"dev:{number}", $"Person {number}") { Rights = ActorRights.Respond }).ToList();

        var results = await Task.WhenAll(people.Select(person => Task.Run(() => triage.AcknowledgeAsync(seen, person, default))));

        Assert.Single(results, result => result.Outcome is TriageOutcome.Changed);
        Assert.Equal(7, results.Count(result => result.Outcome is TriageOutcome.Conflict));
        var winner = people[Array.FindIndex(results, result => result.Outcome is TriageOutcome.Changed)];
        var alert = (await details.FindAsync(seen.Id, default))!;
        Assert.Equal((winner.Id, 2), (alert.Alert.OwnerId, alert.Alert.Version));
        Assert.Equal(3, alert.Activities.Count);
    }

    [Fact]
    public async Task Close_ThenReopen_LeavesTheVerdictInTheLogOnly()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        await triage.CloseAsync(seen, Benign, "  Planned.  ", Ada, default);
        var closed = (await details.FindAsync(seen.Id, default))!;

        var reopened = await triage.ReopenAsync(closed.Alert.Reference, null, Ben, default);

        Assert.Equal((AlertStatus.Closed, Classification.BenignPositive, store.Now), (closed.Alert.Status, closed.Alert.Classification, closed.ClosedUtc));
        Assert.Equal(("Benign positive - suspicious but expected", "Planned."), (closed.Activities[^1].To, closed.Activities[^1].Comment));
        Assert.Equal(TriageOutcome.Changed, reopened.Outcome);
        var alert = (await details.FindAsync(seen.Id, default))!;
        Assert.Equal((AlertStatus.Active, null, null, null), (alert.Alert.Status, alert.Alert.Classification, alert.Alert.ClassificationReason, alert.ClosedUtc));
    }

    [Theory]
    [InlineData(Classification.TruePositive, ClassificationReason.None)]
    [InlineData(Classification.Undetermined, ClassificationReason.SuspiciousActivity)]
    [InlineData(Classification.FalsePositive, ClassificationReason.SuspiciousButExpected)]
    public async Task Close_WithAPairThatIsNoVerdict_IsRefused(Classification classification, ClassificationReason reason)
    {
        var seen = await store.RaiseAsync(new AlertSeed());

        var result = await triage.CloseAsync(seen, new ClosingVerdict(classification, reason), null, Ada, default);

        Assert.Equal((TriageOutcome.UnknownVerdict, 1), (result.Outcome, result.Version));
    }

    [Fact]
    public async Task ClosedAlert_TakesNoAcknowledgeAndNoSecondClose()
    {
        var seen = await store.RaiseAsync(new AlertSeed());
        var closed = seen with { Version = (await triage.CloseAsync(seen, Benign, null, Ada, default)).Version!.Value };

        Assert.Equal(TriageOutcome.IsClosed, (await triage.AcknowledgeAsync(closed, Ben, default)).Outcome);
        Assert.Equal(TriageOutcome.IsClosed, (await triage.CloseAsync(closed, Benign, null, Ben, default)).Outcome);
    }

    [Fact]
    public async Task Comment_EmptyOrTooLong_IsRefusedAndTheLongestIsKept()
    {
        var seen = await store.RaiseAsync(new AlertSeed());

        Assert.Equal(TriageOutcome.BadComment, (await triage.CommentAsync(seen, " \n ", Ada, default)).Outcome);
        Assert.Equal(TriageOutcome.BadComment, (await triage.CommentAsync(seen, new string('x', Alert.MaxCommentLength + 1), Ada, default)).Outcome);
        Assert.Equal(TriageOutcome.Changed, (await triage.CommentAsync(seen, new string('x', Alert.MaxCommentLength), Ada, default)).Outcome);
        Assert.Equal(Alert.MaxCommentLength, (await details.FindAsync(seen.Id, default))!.Activities[^1].Comment!.Length);
    }

    [Fact]
    public async Task AnyAction_OnAnAlertThatIsNotThere_IsNotFound()
    {
        var result = await triage.AcknowledgeAsync(new AlertReference(404, 1), Ada, default);

        Assert.Equal((TriageOutcome.NotFound, null), (result.Outcome, result.Version));
    }

    [Fact]
    public async Task CloseMany_TellsEachAlertsOutcomeInTheOrderGiven()
    {
        var seen = await store.RaiseAsync([new AlertSeed(), new AlertSeed(), new AlertSeed()]);
        await triage.AcknowledgeAsync(seen[1], Ben, default);

        var results = await triage.CloseAsync([seen[2], seen[1], new AlertReference(404, 1), seen[0]], Benign, "All of one job.", Ada, default);

        Assert.Equal([TriageOutcome.Changed, TriageOutcome.Conflict, TriageOutcome.NotFound, TriageOutcome.Changed], results.Select(result => result.Outcome));
        Assert.Equal([seen[2].Id, seen[1].Id, 404, seen[0].Id], results.Select(result => result.AlertId));
        Assert.Equal("Ben", results[1].Meanwhile[0].ActorName);
        Assert.Equal("All of one job.", (await details.FindAsync(seen[0].Id, default))!.Activities[^1].Comment);
    }

    [Fact]
    public async Task AcknowledgeMany_MoreThanTheLimit_Throws() =>
        await Assert.ThrowsAsync<ArgumentException>(() => triage.AcknowledgeAsync(new AlertReference[AlertTriage.MaxAlerts + 1], Ada, default));

    /// <summary>Lets something else be saved between a context's read and its write.</summary>
    private sealed class RacingFactory(AlertStore store, Func<Task> race) : IDbContextFactory<PortalDbContext>
    {
        public int Races { get; private set; }

        public PortalDbContext CreateDbContext()
        {
            using var plain = store.CreateDbContext();
            return new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>()
                .UseSqlite(plain.Database.GetConnectionString())
                .AddInterceptors(new BeforeSaving(async () =>
                {
                    Races++;
                    await race();
                }))
                .Options);
        }

        private sealed class BeforeSaving(Func<Task> action) : SaveChangesInterceptor
        {
            public override async ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
            {
                await action();
                return result;
            }
        }
    }
}
