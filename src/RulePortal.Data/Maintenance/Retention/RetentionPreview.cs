using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Connections;
using RulePortal.Data.Ledger;
using RulePortal.Data.Security;

namespace RulePortal.Data.Maintenance.Retention;

/// <summary>Counts what would go.</summary>
internal static class RetentionPreview
{
    public static async Task<RetentionLine> OfAsync(PortalDbContext db, RetentionPart part, DateTime keptFromUtc, CancellationToken cancellationToken) => part switch
    {
        // Cut at a full hour, so the hours' counts are exact and no row is read.
        RetentionPart.Connections => new(
            part,
            keptFromUtc,
            await db.ConnectionHours.Where(hour => hour.HourUtc < keptFromUtc).SumAsync(hour => hour.Rows, cancellationToken),
            await db.ConnectionHours.MinAsync(hour => (DateTime?)hour.HourUtc, cancellationToken)),
        RetentionPart.Alerts => new(part, keptFromUtc, await Alerts(db, keptFromUtc).LongCountAsync(cancellationToken), await db.Alerts.MinAsync(alert => alert.ClosedUtc, cancellationToken)),
        RetentionPart.Runs => new(part, keptFromUtc, await Windows(db, keptFromUtc).LongCountAsync(cancellationToken), await db.RuleWindows.MinAsync(window => (DateTime?)window.EndUtc, cancellationToken)),
        RetentionPart.RejectedRows => new(
            part,
            keptFromUtc,
            await Rejected(db, keptFromUtc).LongCountAsync(cancellationToken),
            await db.ConnectionBatches.Where(batch => batch.RejectedCount > 0 && batch.WithdrawnUtc == null).MinAsync(batch => (DateTime?)batch.ReceivedUtc, cancellationToken)),
        _ => new(part, keptFromUtc, await Sessions(db, keptFromUtc).LongCountAsync(cancellationToken), await db.Sessions.MinAsync(session => (DateTime?)session.EndsUtc, cancellationToken)),
    };

    /// <summary>Closed alerts that go; the others stay whatever their age.</summary>
    public static IQueryable<Alert> Alerts(PortalDbContext db, DateTime keptFromUtc) => db.Alerts.Where(alert => alert.Status == AlertStatus.Closed && alert.ClosedUtc < keptFromUtc);

    /// <summary>Windows that go; what is still to be evaluated stays.</summary>
    public static IQueryable<RuleWindow> Windows(PortalDbContext db, DateTime keptFromUtc) =>
        db.RuleWindows.Where(window => window.EndUtc < keptFromUtc && window.Status != WindowStatus.Due && window.Status != WindowStatus.Running && window.Status != WindowStatus.Held);

    /// <summary>Rejected rows that go.</summary>
    public static IQueryable<Connections.RejectedRow> Rejected(PortalDbContext db, DateTime keptFromUtc) =>
        db.RejectedRows.Where(row => db.ConnectionBatches.Any(batch => batch.Seq == row.BatchSeq && batch.ReceivedUtc < keptFromUtc));

    /// <summary>Sessions that go.</summary>
    public static IQueryable<Security.PortalSession> Sessions(PortalDbContext db, DateTime keptFromUtc) => db.Sessions.Where(session => session.EndsUtc < keptFromUtc);
}
