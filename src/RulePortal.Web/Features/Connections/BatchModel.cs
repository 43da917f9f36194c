using RulePortal.Data.Connections;

namespace RulePortal.Web.Features.Connections;

/// <summary>A batch as the API shows it.</summary>
internal sealed record BatchModel(
    long Batch,
    string Key,
    int Stored,
    int Rejected,
    DateTime ReceivedUtc,
    BatchOrigin Origin,
    string Actor,
    string? FileName,
    DateTime? OldestUtc,
    DateTime? NewestUtc,
    DateTime? WithdrawnUtc,
    string? WithdrawnBy)
{
    public static BatchModel Of(ConnectionBatch batch) => new(
        batch.Seq, batch.Key, batch.RowCount, batch.RejectedCount, batch.ReceivedUtc, batch.Origin, batch.ActorName, batch.FileName, batch.OldestUtc, batch.NewestUtc, batch.WithdrawnUtc, batch.WithdrawnBy);
}
