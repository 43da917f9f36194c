using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Data.Telemetry;

namespace RulePortal.Data.Maintenance.Retention;

/// <summary>Lets go what is past its retention, in small transactions with pauses between, so that nobody who writes waits long.</summary>
/// <remarks>Open alerts stay. Evidence stays with its alert, whatever becomes of the connections. Runs that happen at once do each other no harm.</remarks>
public sealed class RetentionSweep(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TimeProvider time)
{
    /// <summary>How the audit trail names what is changed.</summary>
    private const string Subject = "store:retention";

    private static readonly RetentionPart[] Parts = Enum.GetValues<RetentionPart>();

    /// <summary>What a run would remove now.</summary>
    public async Task<IReadOnlyList<RetentionLine>> PreviewAsync(RetentionPolicy policy, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var lines = new List<RetentionLine>();
        foreach (var part in Parts)
        {
            lines.Add(await RetentionPreview.OfAsync(db, part, KeptFrom(policy, part), cancellationToken));
        }

        return lines;
    }

    /// <summary>How far retention has gone, part by part; parts it never touched are left out.</summary>
    public async Task<IReadOnlyList<RetentionMark>> MarksAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RetentionMarks.AsNoTracking().OrderBy(mark => mark.Part).BoundedBy("one row a part").ToListAsync(cancellationToken);
    }

    /// <summary>Removes what is past its retention.</summary>
    /// <param name="policy">How long parts are kept.</param>
    /// <param name="actor">Who removes it.</param>
    /// <param name="cancellationToken">Stops between transactions; the next run goes on where this one stopped.</param>
    public async Task<RetentionResult> RunAsync(RetentionPolicy policy, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(actor);
        actor.Demand(AuditActions.RightFor(AuditActions.RetentionRun));
        var before = await MarksAsync(cancellationToken);
        var run = new RetentionRun(contexts, dialect, time);
        var removed = new List<RetentionLine>();
        foreach (var part in Parts)
        {
            var keptFrom = KeptFrom(policy, part);
            await run.MarkAsync(part, keptFrom, cancellationToken);
            var rows = await RetentionRemoval.OfAsync(run, part, keptFrom, cancellationToken);
            PortalTelemetry.RowsRemoved(part, rows);
            removed.Add(new RetentionLine(part, keptFrom, rows, null));
            await run.DoneAsync(part, cancellationToken);
        }

        await NoteAsync(before, actor, cancellationToken);
        return new RetentionResult(removed, run.Longest);
    }

    /// <summary>At a full hour, so that whole hours go.</summary>
    private DateTime KeptFrom(RetentionPolicy policy, RetentionPart part)
    {
        var from = time.GetUtcNow().UtcDateTime - policy.Of(part);
        return from.AddTicks(-(from.Ticks % TimeSpan.TicksPerHour));
    }

    /// <summary>Totals before and after: what a run removed that was killed before it could say so shows in the next one's.</summary>
    private async Task NoteAsync(IReadOnlyList<RetentionMark> before, Actor actor, CancellationToken cancellationToken)
    {
        var after = await MarksAsync(cancellationToken);
        if (before.Count == after.Count && before.Sum(mark => mark.RemovedRows) == after.Sum(mark => mark.RemovedRows))
        {
            return;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        db.AuditEntries.Add(new AuditEntry(time.GetUtcNow().UtcDateTime, actor, AuditActions.RetentionRun, Subject, State(before), State(after)));
        await db.SaveChangesAsync(cancellationToken);

        static string State(IReadOnlyList<RetentionMark> marks) => AuditJson.Write(marks.ToDictionary(
            mark => mark.Part,
            mark => string.Create(CultureInfo.InvariantCulture, $"{mark.RemovedRows} removed in all; kept from {mark.KeptFromUtc:yyyy-MM-dd HH:mm}"),
            StringComparer.Ordinal));
    }
}

/// <summary>What a run came to.</summary>
/// <param name="Removed">What went, part by part.</param>
/// <param name="LongestTransaction">The longest that others who write had to wait for it.</param>
public sealed record RetentionResult(IReadOnlyList<RetentionLine> Removed, TimeSpan LongestTransaction);

/// <summary>What goes, or went, of one part.</summary>
/// <param name="Part">The part.</param>
/// <param name="KeptFromUtc">What is older goes. UTC.</param>
/// <param name="Rows">How many: connections, alerts, windows, rejected rows or sessions. What hangs on them is not counted.</param>
/// <param name="OldestUtc">The oldest there is, or null when there is none or it was not looked for. UTC.</param>
public sealed record RetentionLine(RetentionPart Part, DateTime KeptFromUtc, long Rows, DateTime? OldestUtc);
