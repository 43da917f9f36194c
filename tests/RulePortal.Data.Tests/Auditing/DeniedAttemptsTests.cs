using Microsoft.Extensions.Time.Testing;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Tests.Auditing;

public sealed class DeniedAttemptsTests
{
    private static readonly Actor Eve = new("entra:t/eve", "Eve") { Origin = "192.0.2.9" };
    private static readonly Actor Stranger = Actor.Anonymous with { Origin = "203.0.113.5" };

    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));
    private readonly DeniedAttempts attempts;

    public DeniedAttemptsTests() => attempts = new DeniedAttempts(time);

    [Fact]
    public void Take_SameAttemptWithinAMinute_IsOneEntryWithACount()
    {
        DateTime first = time.GetUtcNow().UtcDateTime;
        for (int i = 0; i < 40; i++)
        {
            attempts.Note(Eve, AuditActions.RequestSend, "PUT /api/v1/rules/1", "This needs the role Contributor.");
            time.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Empty(attempts.Take());
        time.Advance(TimeSpan.FromSeconds(20));

        AuditEntry entry = Assert.Single(attempts.Take());
        Assert.Equal((first, Eve.Id, Eve.Origin, 40), (entry.AtUtc, entry.ActorId, entry.Origin, entry.Attempts));
        Assert.Equal((AuditOutcome.Denied, "PUT /api/v1/rules/1", "This needs the role Contributor."), (entry.Outcome, entry.Subject, entry.Detail));
        Assert.Empty(attempts.Take(all: true));
    }

    [Fact]
    public void Take_OtherSubjectActionOriginOrActor_IsAnEntryOfItsOwn()
    {
        attempts.Note(Eve, AuditActions.RequestSend, "GET /a", null);
        attempts.Note(Eve, AuditActions.RequestSend, "GET /b", null);
        attempts.Note(Eve, AuditActions.PageOpen, "GET /a", null);
        attempts.Note(Eve with { Origin = "192.0.2.10" }, AuditActions.RequestSend, "GET /a", null);
        attempts.Note(new Actor("entra:t/mallory", "Mallory") { Origin = Eve.Origin }, AuditActions.RequestSend, "GET /a", null);

        Assert.Equal(5, attempts.Take(all: true).Count);
    }

    [Fact]
    public void Take_StrangerWalkingThroughAddresses_IsOneEntry()
    {
        for (int i = 0; i < 10_000; i++)
        {
            attempts.Note(Stranger, AuditActions.RequestSend, $"GET /api/v1/{i}", null);
        }

        AuditEntry entry = Assert.Single(attempts.Take(all: true));
        Assert.Equal(("GET /api/v1/0", 10_000), (entry.Subject, entry.Attempts));
    }

    [Fact]
    public void Take_FloodFromManyAddressesForADay_StaysWithinItsBudgetAndIsCounted()
    {
        int written = 0;
        long counted = 0;
        const int Minutes = 24 * 60, Addresses = 700;
        for (int minute = 0; minute < Minutes; minute++)
        {
            for (int address = 0; address < Addresses; address++)
            {
                attempts.Note(Actor.Anonymous with { Origin = $"2001:db8::{minute:x}:{address:x}" }, AuditActions.KeyUse, "apikey:unknown", null);
            }

            time.Advance(TimeSpan.FromMinutes(1));
            IReadOnlyList<AuditEntry> entries = attempts.Take();
            written += entries.Count;
            counted += entries.Sum(entry => (long)entry.Attempts);
        }

        Assert.Equal((long)Minutes * Addresses, counted);
        Assert.InRange(written, 1, 300 + (Minutes * 11));
    }

    [Fact]
    public void Note_StrangersBeyondTheirBudget_DoNotHideAKnownActor()
    {
        for (int address = 0; address < 2000; address++)
        {
            attempts.Note(Actor.Anonymous with { Origin = $"2001:db8::{address:x}" }, AuditActions.RequestSend, "GET /", null);
        }

        attempts.Note(Eve, AuditActions.RequestSend, "GET /", null);

        IReadOnlyList<AuditEntry> entries = attempts.Take(all: true);
        Assert.Contains(entries, entry => entry.ActorId == Eve.Id);
        Assert.Equal(1700, Assert.Single(entries, entry => entry.Action == AuditActions.AuditOverflow).Attempts);
    }

    [Fact]
    public void Take_EndlessTexts_AreCut()
    {
        attempts.Note(new Actor(new string('i', 999), new string('n', 999)) { Origin = new string('o', 999) }, AuditActions.RequestSend, new string('s', 9999), new string('d', 9999));

        AuditEntry entry = Assert.Single(attempts.Take(all: true));
        Assert.Equal((200, 200, 100, 200, 500), (entry.ActorId.Length, entry.ActorName.Length, entry.Origin.Length, entry.Subject.Length, entry.Detail!.Length));
    }
}
