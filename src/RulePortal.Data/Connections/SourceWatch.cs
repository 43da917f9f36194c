using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;

namespace RulePortal.Data.Connections;

/// <summary>Notices machines that fall silent, and keeps how often each is expected to report.</summary>
public sealed class SourceWatch(IDbContextFactory<PortalDbContext> contexts, SourceExpectation expectation, TimeProvider clock)
{
    /// <summary>Longest interval that can be expected.</summary>
    /// <value>30 days.</value>
    public static readonly TimeSpan Longest = TimeSpan.FromDays(30);

    /// <summary>Shortest interval that can be expected: rows are minutes.</summary>
    /// <value>1 minute.</value>
    public static readonly TimeSpan Shortest = TimeSpan.FromMinutes(1);

    /// <summary>How many machines are silent.</summary>
    public async Task<SourceSilence> SilenceAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var now = clock.GetUtcNow().UtcDateTime;
        var late = now - expectation.Default;
        var silent = db.ConnectionSources.Where(source => source.ExpectedSeconds == null && source.LastUtc < late);
        // A database cannot add an interval to an instant the same way on both providers; intervals set by hand are few.
        List<DateTime> own = [.. (await db.ConnectionSources.AsNoTracking()
                .Where(source => source.ExpectedSeconds > 0)
                .Select(source => new { source.LastUtc, source.ExpectedSeconds })
                .BoundedBy("machines whose interval a person has set")
                .ToListAsync(cancellationToken))
            .Where(source => source.LastUtc + expectation.Of(source.ExpectedSeconds) < now)
            .Select(source => source.LastUtc)];
        var longest = await silent.MinAsync(source => (DateTime?)source.LastUtc, cancellationToken);
        return new SourceSilence(
            await db.ConnectionSources.CountAsync(cancellationToken),
            await silent.CountAsync(cancellationToken) + own.Count,
            await db.ConnectionSources.MaxAsync(source => (DateTime?)source.LastUtc, cancellationToken),
            own.Append(longest ?? DateTime.MaxValue).Min() is var first && first < DateTime.MaxValue ? first : null);
    }

    /// <summary>Sets how often a machine is expected to report.</summary>
    /// <param name="computer">Its name, as the telemetry spells it.</param>
    /// <param name="expected"><see cref="Shortest"/> to <see cref="Longest"/>, zero when it is not expected to report, null for the portal's default.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>False when no machine of that name has reported.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is none of these.</exception>
    public async Task<bool> ExpectAsync(string computer, TimeSpan? expected, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(computer);
        ArgumentNullException.ThrowIfNull(actor);
        if (expected is { } interval && interval != TimeSpan.Zero && (interval < Shortest || interval > Longest))
        {
            throw new ArgumentOutOfRangeException(nameof(expected), interval, "The interval must be 1 minute to 30 days, or zero.");
        }

        var utf8 = System.Text.Encoding.UTF8.GetBytes(computer);
        var found = false;
        await contexts.InTransactionAsync(async db =>
        {
            found = false;
            var source = await db.ConnectionSources
                .SingleOrDefaultAsync(source => db.ConnectionTerms.Any(term => term.Id == source.ComputerId && term.Utf8 == utf8), cancellationToken);
            if (source is null)
            {
                return false;
            }

            found = true;
            int? seconds = expected is { } wanted ? (int)wanted.TotalSeconds : null;
            if (source.ExpectedSeconds == seconds)
            {
                return false;
            }

            db.AuditEntries.Add(new AuditEntry(
                clock.GetUtcNow().UtcDateTime, actor, AuditActions.SourceExpect, $"source:{source.ComputerId}",
                AuditJson.Write(new { computer, expectedSeconds = source.ExpectedSeconds }), AuditJson.Write(new { computer, expectedSeconds = seconds })));
            source.ExpectedSeconds = seconds;
            await db.SaveChangesAsync(cancellationToken);
            return true;
        }, cancellationToken);
        return found;
    }
}

/// <summary>How often machines report unless one has an interval of its own.</summary>
/// <param name="Default">Longest time between two rows that is ordinary; longer than zero.</param>
public sealed record SourceExpectation(TimeSpan Default)
{
    /// <summary>The interval of a machine, or null when it is not expected to report.</summary>
    internal TimeSpan? Of(int? expectedSeconds) => expectedSeconds switch
    {
        null => Default,
        0 => null,
        { } seconds => TimeSpan.FromSeconds(seconds),
    };
}

/// <summary>Machines that have reported nothing for longer than is ordinary for them.</summary>
/// <param name="Sources">Machines that have ever reported.</param>
/// <param name="Silent">Those of them that are silent.</param>
/// <param name="NewestUtc">TimeGenerated of the newest row of any machine, or null when there is none. UTC.</param>
/// <param name="LongestUtc">Since when the longest silent of them is, or null when none is. UTC.</param>
public sealed record SourceSilence(int Sources, int Silent, DateTime? NewestUtc, DateTime? LongestUtc);
