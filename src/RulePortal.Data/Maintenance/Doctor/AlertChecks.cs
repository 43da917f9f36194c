using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>Alerts with what belongs to them.</summary>
internal static class AlertChecks
{
    private const string Restore = "Restore the last backup.";

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("alerts.occurrence", "An alert has an occurrence and a version of its rule", OccurrenceAsync),
        new("alerts.results", "An alert counts the result rows of its occurrences", ResultsAsync),
        new("alerts.activity", "An alert's log begins with its raising and goes on to its present version", ActivityAsync),
        new("alerts.verdict", "A closed alert has a verdict and a time, and no other has one", VerdictAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> OccurrenceAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Alerts
            .Where(alert => !context.Db.Occurrences.Any(occurrence => occurrence.AlertId == alert.Id)
                || !context.Db.RuleVersions.Any(version => version.RuleId == alert.RuleId && version.Number == alert.RuleVersion))
            .Select(alert => alert.Id);
        await foreach (var id in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("Alerts", Words($"{id}"), Words($"Alert {id} has no occurrence, or its rule version is missing."), Restore);
        }
    }

    private static async IAsyncEnumerable<StoreFault> ResultsAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Alerts
            .Select(alert => new { alert.Id, alert.ResultCount, Found = context.Db.Occurrences.Where(occurrence => occurrence.AlertId == alert.Id).Sum(occurrence => occurrence.TotalRows) })
            .Where(alert => alert.ResultCount != alert.Found);
        await foreach (var alert in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("Alerts", Words($"{alert.Id}"), Words($"Alert {alert.Id} counts {alert.ResultCount} result rows, its occurrences {alert.Found}."), Words($"Set ResultCount of the alert to {alert.Found}."));
        }
    }

    private static async IAsyncEnumerable<StoreFault> ActivityAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Alerts
            .Select(alert => new
            {
                alert.Id,
                alert.Version,
                Raised = context.Db.AlertActivities.Count(activity => activity.AlertId == alert.Id && activity.Kind == ActivityKind.Raised),
                Last = context.Db.AlertActivities.Where(activity => activity.AlertId == alert.Id).Max(activity => (int?)activity.AlertVersion) ?? 0,
            })
            .Where(alert => alert.Raised != 1 || alert.Last != alert.Version);
        await foreach (var alert in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("AlertActivities", Words($"alert {alert.Id}"), Words($"Alert {alert.Id} is at version {alert.Version}; its log has {alert.Raised} raisings and ends at version {alert.Last}."), Restore);
        }
    }

    private static async IAsyncEnumerable<StoreFault> VerdictAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var broken = context.Db.Alerts
            .Where(alert => alert.Status == AlertStatus.Closed
                ? alert.ClosedUtc == null || alert.Classification == null || alert.ClassificationReason == null
                : alert.ClosedUtc != null || alert.Classification != null || alert.ClassificationReason != null)
            .Select(alert => new { alert.Id, alert.Status });
        await foreach (var alert in broken.Streamed(cancellationToken))
        {
            yield return new StoreFault("Alerts", Words($"{alert.Id}"), Words($"Alert {alert.Id} is {alert.Status} with a verdict that does not fit."), "Close it, or close it and open it again, in the portal.");
        }
    }
}
