using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.TestSupport.Identity;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>Signing in, failing to, being refused and signing out are in the trail, with who and from where, and without a secret.</summary>
public sealed class SessionAuditTests : IDisposable
{
    private readonly PortalWithProvider pair = new(StandInShape.Standard);

    public void Dispose() => pair.Dispose();

    [Fact]
    public async Task SignIn_WithARole_IsAnEntryOfThePersonFromTheirAddress()
    {
        using var client = await pair.SignedInAsync("RulePortal.Responder");

        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal((AuditActions.SessionBegin, AuditOutcome.Succeeded, "127.0.0.1"), (entry.Action, entry.Outcome, entry.Origin));
        Assert.StartsWith("oidc:", entry.ActorId, StringComparison.Ordinal);
        Assert.StartsWith("session:", entry.Subject, StringComparison.Ordinal);
        Assert.Contains(AuditDiff.Of(entry), change => change is { Field: "roles", After: "Responder" });
        Assert.DoesNotContain("oken", entry.After, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SignOut_Asked_IsAnEntryOfThePerson()
    {
        using var client = await pair.SignedInAsync("RulePortal.Reader");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal) { ["__RequestVerificationToken"] = await PortalFactory.FormTokenAsync(client, "/denied") });
        using var answer = await client.PostAsync("/signout", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);

        var entries = await EntriesAsync();
        Assert.Equal([AuditActions.SessionBegin, AuditActions.SessionEnd], entries.Select(e => e.Action));
        Assert.Equal((entries[0].ActorId, entries[0].Subject, "127.0.0.1"), (entries[1].ActorId, entries[1].Subject, entries[1].Origin));
        Assert.Contains(AuditDiff.Of(entries[1]), change => change is { Field: "ending", Before: null, After: "SignedOut" });
    }

    [Fact]
    public async Task SignIn_WithoutARole_IsDeniedUnderTheirName()
    {
        pair.Provider.Person = new StandInPerson();
        using var client = pair.Portal.Anonymous();
        using var back = await pair.SignInAsync(client);

        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal((AuditActions.SessionBegin, AuditOutcome.Denied, "fay@example.test", "NoRole"), (entry.Action, entry.Outcome, entry.ActorName, entry.Detail));
    }

    [Fact]
    public async Task SignIn_TokenTamperedWith_IsDeniedToAStranger()
    {
        pair.Provider.Faults = new StandInFaults { Tampered = true };
        using var client = pair.Portal.Anonymous();
        using var back = await pair.SignInAsync(client);

        var entry = Assert.Single(await EntriesAsync());
        Assert.Equal((AuditActions.SessionBegin, AuditOutcome.Denied, "anonymous", "127.0.0.1"), (entry.Action, entry.Outcome, entry.ActorId, entry.Origin));
        Assert.NotNull(entry.Detail);
        Assert.DoesNotContain("eyJ", entry.Detail, StringComparison.Ordinal);
    }

    private async Task<List<AuditEntry>> EntriesAsync()
    {
        await pair.Portal.Services.GetRequiredService<DeniedAttemptsWriter>().WriteAsync(all: true, default);
        await using var db = await pair.Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.AuditEntries.AsNoTracking().Where(e => e.Action.StartsWith("session.")).OrderBy(e => e.Id).ToListAsync();
    }
}
