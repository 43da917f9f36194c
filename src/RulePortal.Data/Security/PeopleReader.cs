using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data.Security;

/// <summary>Reads who has signed in, and where somebody still is.</summary>
public sealed class PeopleReader(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>The most people read at once, beside those with an open session.</summary>
    public const int Most = 200;

    private const int MostSessions = 2_000;

    /// <summary>Reads the people seen last, with their open sessions.</summary>
    /// <param name="mode">How people sign in now; sessions of another mode count no more.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<SeenPeople> ReadAsync(string mode, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow().UtcDateTime;
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var total = await db.People.CountAsync(cancellationToken);
        var people = await db.People.AsNoTracking()
            .OrderByDescending(p => p.LastSeenUtc).ThenBy(p => p.Name).ThenBy(p => p.IdHash)
            .Take(Most)
            .ToListAsync(cancellationToken);
        var open = await db.Sessions.AsNoTracking()
            .Where(s => s.EndedUtc == null && s.EndsUtc > now && s.Mode == mode)
            .OrderByDescending(s => s.StartedUtc).ThenBy(s => s.Id)
            .Take(MostSessions)
            .Select(s => new { s.ActorId, s.ActorName, s.Roles, Session = new OpenSession(s.Id, s.StartedUtc, s.Origin, s.CheckedUtc, s.EndsUtc) })
            .ToListAsync(cancellationToken);
        var sessions = open.ToLookup(s => s.ActorId, StringComparer.Ordinal);
        var seen = people.Select(p => new SeenPerson(p.ActorId, p.Name, Split(p.Roles), p.FirstSeenUtc, p.LastSeenUtc, [.. sessions[p.ActorId].Select(s => s.Session)]));
        // Sessions may be older than the table of people.
        var known = people.Select(p => p.ActorId).ToHashSet(StringComparer.Ordinal);
        var strangers = sessions.Where(s => !known.Contains(s.Key)).Select(s => new SeenPerson(
            s.Key, s.First().ActorName, Split(s.First().Roles), s.Min(o => o.Session.StartedUtc), s.Max(o => o.Session.CheckedUtc), [.. s.Select(o => o.Session)])).ToList();
        return new SeenPeople(total + strangers.Count, [.. strangers, .. seen]);
    }

    private static string[] Split(string roles) => roles.Split(',', StringSplitOptions.RemoveEmptyEntries);
}

/// <summary>Who has signed in.</summary>
/// <param name="Total">How many people there are.</param>
/// <param name="People">Those seen last, the last first.</param>
/// <value>At most <see cref="PeopleReader.Most"/> of them beside those with an open session.</value>
public sealed record SeenPeople(int Total, IReadOnlyList<SeenPerson> People);

/// <summary>A session that has not ended.</summary>
/// <param name="Id">Identity.</param>
/// <param name="StartedUtc">When the person signed in. UTC.</param>
/// <param name="Origin">From where.</param>
/// <param name="CheckedUtc">When its roles were last confirmed; at first, when it began. UTC.</param>
/// <param name="EndsUtc">First instant at which it is over by itself. UTC.</param>
public sealed record OpenSession(Guid Id, DateTime StartedUtc, string Origin, DateTime CheckedUtc, DateTime EndsUtc);
