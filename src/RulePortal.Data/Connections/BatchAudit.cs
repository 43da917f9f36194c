using System.Globalization;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Connections;

/// <summary>How the audit trail names a batch and its state.</summary>
internal static class BatchAudit
{
    public static string Subject(long seq) => string.Create(CultureInfo.InvariantCulture, $"batch:{seq}");

    public static string State(ConnectionBatch batch) => AuditJson.Write(new
    {
        batch.Key,
        batch.Origin,
        batch.FileName,
        batch.RowCount,
        batch.RejectedCount,
        batch.OldestUtc,
        batch.NewestUtc,
        batch.ReceivedUtc,
        receivedFrom = batch.ActorId,
        batch.WithdrawnUtc,
    });
}
