using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Pins;

namespace RulePortal.Data.Pins;

/// <summary>Pins alerts and takes pins off.</summary>
/// <remarks>
/// Each change goes into the alert's log and moves the alert's version and the rule's token: a save of the rule that was judged without it loses its race and is judged
/// again, and no two pins can both be the hundredth.
/// </remarks>
public sealed class AlertPins(IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int Attempts = 5;

    /// <summary>Pins an alert, or changes its pin.</summary>
    /// <param name="seen">The alert as it was seen.</param>
    /// <param name="kind">What later versions of its rule have to do.</param>
    /// <param name="note">Why; at most <see cref="AlertPin.MaxNoteLength"/> characters, or null.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public Task<TriageResult> PinAsync(AlertReference seen, PinKind kind, string? note, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var text = note?.Trim() ?? "";
        return ChangeAsync(seen, AuditActions.AlertPin, actor, async (db, alert, now) =>
        {
            if (text.Length > AlertPin.MaxNoteLength)
            {
                return TriageOutcome.BadNote;
            }

            var pin = await db.AlertPins.SingleOrDefaultAsync(row => row.AlertId == alert.Id, cancellationToken);
            if (pin is not null && pin.Kind == kind && pin.Note == text)
            {
                return TriageOutcome.Unchanged;
            }

            if (pin is null && await db.AlertPins.CountAsync(row => row.RuleId == alert.RuleId, cancellationToken) >= AlertPin.MostOfRule)
            {
                return TriageOutcome.TooManyPins;
            }

            var before = pin?.Kind;
            pin ??= db.AlertPins.Add(new AlertPin(alert.Id, alert.RuleId)).Entity;
            pin.Set(kind, text, actor, now);
            alert.Pinned(before, kind, text, actor, now);
            return TriageOutcome.Changed;
        }, cancellationToken);
    }

    /// <summary>Takes the pin off an alert.</summary>
    /// <param name="seen">The alert as it was seen.</param>
    /// <param name="actor">Who.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    /// <returns>Unchanged when the alert has none.</returns>
    public Task<TriageResult> UnpinAsync(AlertReference seen, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        return ChangeAsync(seen, AuditActions.AlertUnpin, actor, async (db, alert, now) =>
        {
            if (await db.AlertPins.SingleOrDefaultAsync(row => row.AlertId == alert.Id, cancellationToken) is not { } pin)
            {
                return TriageOutcome.Unchanged;
            }

            db.AlertPins.Remove(pin);
            alert.Pinned(pin.Kind, after: null, "", actor, now);
            return TriageOutcome.Changed;
        }, cancellationToken);
    }

    private async Task<TriageResult> ChangeAsync(AlertReference seen, string action, Actor actor, Func<PortalDbContext, Alert, DateTime, Task<TriageOutcome>> change, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            await using var db = await contexts.CreateDbContextAsync(cancellationToken);
            var alert = await db.Alerts.SingleOrDefaultAsync(row => row.Id == seen.Id, cancellationToken);
            if (alert is null)
            {
                return new TriageResult(seen.Id, TriageOutcome.NotFound, null, []);
            }

            if (alert.Version != seen.Version)
            {
                return await AlertTriage.LostRaceAsync(contexts, seen, cancellationToken);
            }

            var now = time.GetUtcNow().UtcDateTime;
            var rule = await db.AnalyticsRules.SingleAsync(row => row.Id == alert.RuleId, cancellationToken);
            var before = await StateAsync(db, alert.Id, cancellationToken);
            var outcome = await change(db, alert, now);
            if (outcome is not TriageOutcome.Changed)
            {
                return new TriageResult(seen.Id, outcome, alert.Version, []);
            }

            rule.PinsChanged();
            var after = db.AlertPins.Local.Where(pin => db.Entry(pin).State is not EntityState.Deleted).Select(State).SingleOrDefault();
            db.AuditEntries.Add(new AuditEntry(now, actor, action, AlertAudit.Subject(alert.Id), before, after));
            try
            {
                await db.SaveChangesAsync(cancellationToken);
                return new TriageResult(seen.Id, TriageOutcome.Changed, alert.Version, []);
            }
            catch (DbUpdateException) when (attempt < Attempts)
            {
                // The scheduler touches the rule's row as well. Whether it was the alert shows when it is read again.
            }
        }
    }

    private static async Task<string?> StateAsync(PortalDbContext db, long alertId, CancellationToken cancellationToken) =>
        await db.AlertPins.AsNoTracking().SingleOrDefaultAsync(pin => pin.AlertId == alertId, cancellationToken) is { } pin ? State(pin) : null;

    private static string State(AlertPin pin) => AuditJson.Write(new { pin.Kind, pin.Note, pinnedBy = pin.ActorName });
}
