using System.Globalization;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Triage;

/// <summary>How the audit trail names an alert and its state.</summary>
internal static class AlertAudit
{
    public static string Subject(long id) => string.Create(CultureInfo.InvariantCulture, $"alert:{id}");

    /// <summary>What triage can change, and the comment that came with a change.</summary>
    public static string State(Alert alert, string? comment = null) => AuditJson.Write(new
    {
        alert.Status,
        owner = alert.OwnerName,
        alert.OwnerId,
        alert.Classification,
        alert.ClassificationReason,
        alert.ClosedUtc,
        comment = string.IsNullOrWhiteSpace(comment) ? null : comment.Trim(),
    });
}
