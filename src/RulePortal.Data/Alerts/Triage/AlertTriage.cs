using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Triage;

/// <summary>Writes what people do to alerts.</summary>
/// <remarks>Each alert is its own transaction. A change on sight of an older version is refused with what happened since, also when both are saved at the same moment.</remarks>
public sealed class AlertTriage(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    /// <summary>Most alerts that one call changes.</summary>
    public const int MaxAlerts = 1000;

    /// <summary>Most of what happened meanwhile that a lost race is told, the first of it.</summary>
    public const int MaxMeanwhile = 100;

    /// <summary>Takes an alert up.</summary>
    public Task<TriageResult> AcknowledgeAsync(AlertReference seen, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertAcknowledge, actor, (alert, now) => alert.Acknowledge(actor, now)), cancellationToken);

    /// <summary>Takes several alerts up, each by itself.</summary>
    /// <returns>One result an alert, in the order given.</returns>
    /// <exception cref="ArgumentException">More than <see cref="MaxAlerts"/> alerts.</exception>
    public Task<IReadOnlyList<TriageResult>> AcknowledgeAsync(IReadOnlyList<AlertReference> seen, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertAcknowledge, actor, (alert, now) => alert.Acknowledge(actor, now)), cancellationToken);

    /// <summary>Gives an alert to somebody, or to nobody.</summary>
    public Task<TriageResult> AssignAsync(AlertReference seen, Actor? owner, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertAssign, actor, (alert, now) => alert.Assign(owner, actor, now)), cancellationToken);

    /// <summary>Gives several alerts to somebody, or to nobody, each by itself.</summary>
    /// <returns>One result an alert, in the order given.</returns>
    /// <exception cref="ArgumentException">More than <see cref="MaxAlerts"/> alerts.</exception>
    public Task<IReadOnlyList<TriageResult>> AssignAsync(IReadOnlyList<AlertReference> seen, Actor? owner, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertAssign, actor, (alert, now) => alert.Assign(owner, actor, now)), cancellationToken);

    /// <summary>Closes an alert with one of Sentinel's verdicts.</summary>
    public Task<TriageResult> CloseAsync(AlertReference seen, ClosingVerdict verdict, string? comment, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertClose, actor, (alert, now) => alert.Close(verdict, comment, actor, now), comment), cancellationToken);

    /// <summary>Closes several alerts with one verdict and comment, each by itself.</summary>
    /// <returns>One result an alert, in the order given.</returns>
    /// <exception cref="ArgumentException">More than <see cref="MaxAlerts"/> alerts.</exception>
    public Task<IReadOnlyList<TriageResult>> CloseAsync(IReadOnlyList<AlertReference> seen, ClosingVerdict verdict, string? comment, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertClose, actor, (alert, now) => alert.Close(verdict, comment, actor, now), comment), cancellationToken);

    /// <summary>Opens a closed alert again.</summary>
    public Task<TriageResult> ReopenAsync(AlertReference seen, string? comment, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertReopen, actor, (alert, now) => alert.Reopen(comment, actor, now), comment), cancellationToken);

    /// <summary>Adds a comment to an alert.</summary>
    public Task<TriageResult> CommentAsync(AlertReference seen, string text, Actor actor, CancellationToken cancellationToken) =>
        ApplyAsync(seen, new Deed(AuditActions.AlertComment, actor, (alert, now) => alert.Comment(text, actor, now), text), cancellationToken);

    private async Task<IReadOnlyList<TriageResult>> ApplyAsync(IReadOnlyList<AlertReference> seen, Deed deed, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(seen);
        if (seen.Count > MaxAlerts)
        {
            throw new ArgumentException($"At most {MaxAlerts} alerts can be changed at once; these are {seen.Count}.", nameof(seen));
        }

        var results = new List<TriageResult>(seen.Count);
        foreach (var alert in seen)
        {
            results.Add(await ApplyAsync(alert, deed, cancellationToken));
        }

        return results;
    }

    private async Task<TriageResult> ApplyAsync(AlertReference seen, Deed deed, CancellationToken cancellationToken)
    {
        await using (var db = await contexts.CreateDbContextAsync(cancellationToken))
        {
            var alert = await db.Alerts.SingleOrDefaultAsync(row => row.Id == seen.Id, cancellationToken);
            if (alert is null)
            {
                return new TriageResult(seen.Id, TriageOutcome.NotFound, null, []);
            }

            if (alert.Version == seen.Version)
            {
                var now = time.GetUtcNow().UtcDateTime;
                var before = AlertAudit.State(alert);
                var outcome = OutcomeOf(deed.Change(alert, now));
                if (outcome is not TriageOutcome.Changed)
                {
                    return new TriageResult(seen.Id, outcome, alert.Version, []);
                }

                db.AuditEntries.Add(new AuditEntry(now, deed.Actor, deed.Action, AlertAudit.Subject(alert.Id), before, AlertAudit.State(alert, deed.Comment)));
                try
                {
                    await db.SaveChangesAsync(cancellationToken);
                    return new TriageResult(seen.Id, TriageOutcome.Changed, alert.Version, []);
                }
                catch (DbUpdateConcurrencyException)
                {
                    // Somebody saved between our read and our write: told below like any other lost race.
                }
            }
        }

        return await LostRaceAsync(contexts, seen, cancellationToken);
    }

    /// <summary>Tells what others did since the version that was seen.</summary>
    internal static async Task<TriageResult> LostRaceAsync(IDbContextFactory<PortalDbContext> contexts, AlertReference seen, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var version = await db.Alerts.Where(alert => alert.Id == seen.Id).Select(alert => (int?)alert.Version).SingleOrDefaultAsync(cancellationToken);
        if (version is null)
        {
            return new TriageResult(seen.Id, TriageOutcome.NotFound, null, []);
        }

        var meanwhile = await db.AlertActivities
            .Where(activity => activity.AlertId == seen.Id && activity.AlertVersion > seen.Version)
            .OrderBy(activity => activity.Id)
            .Select(ActivityItems.FromRow)
            .Take(MaxMeanwhile)
            .ToListAsync(cancellationToken);
        return new TriageResult(seen.Id, TriageOutcome.Conflict, version, meanwhile);
    }

    private static TriageOutcome OutcomeOf(AlertChange change) => change switch
    {
        AlertChange.Changed => TriageOutcome.Changed,
        AlertChange.Unchanged => TriageOutcome.Unchanged,
        AlertChange.IsClosed => TriageOutcome.IsClosed,
        AlertChange.UnknownVerdict => TriageOutcome.UnknownVerdict,
        AlertChange.BadComment => TriageOutcome.BadComment,
        _ => throw new InvalidOperationException($"Unknown change {change}."),
    };

    /// <summary>What somebody does, and how the trail names it.</summary>
    private sealed record Deed(string Action, Actor Actor, Func<Alert, DateTime, AlertChange> Change, string? Comment = null);
}

/// <summary>How a triage action on one alert ended.</summary>
public enum TriageOutcome
{
    /// <summary>The alert changed.</summary>
    Changed = 0,

    /// <summary>It was so already; nothing was written.</summary>
    Unchanged = 1,

    /// <summary>Somebody else changed the alert after it was seen; nothing was written.</summary>
    Conflict = 2,

    /// <summary>There is no such alert.</summary>
    NotFound = 3,

    /// <summary>A closed alert takes no such action; reopen it first.</summary>
    IsClosed = 4,

    /// <summary>The classification and reason are not one of the five pairs.</summary>
    UnknownVerdict = 5,

    /// <summary>The comment is empty or longer than <see cref="Alert.MaxCommentLength"/> characters.</summary>
    BadComment = 6,

    /// <summary>The note of a pin is longer than <see cref="Pins.AlertPin.MaxNoteLength"/> characters.</summary>
    BadNote = 7,

    /// <summary>The rule has <see cref="Pins.AlertPin.MostOfRule"/> pins already.</summary>
    TooManyPins = 8,
}

/// <summary>What a triage action did to one alert.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Version">The alert's version now, or null when there is no such alert.</param>
/// <param name="Meanwhile">After <see cref="TriageOutcome.Conflict"/>: what others did since the version that was seen, oldest first. Otherwise empty.</param>
public sealed record TriageResult(long AlertId, TriageOutcome Outcome, int? Version, IReadOnlyList<ActivityItem> Meanwhile);

/// <summary>An alert as somebody saw it: a change made on sight of an older version is a lost race.</summary>
/// <param name="Id">The alert.</param>
/// <param name="Version">The <see cref="Alert.Version"/> that was seen.</param>
public readonly record struct AlertReference(long Id, int Version);
