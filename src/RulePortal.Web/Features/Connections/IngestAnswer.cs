namespace RulePortal.Web.Features.Connections;

/// <summary>What became of a request with connections.</summary>
/// <param name="Batch">The batch's number; null when the request held no rows.</param>
/// <param name="Stored">Rows stored, now or before.</param>
/// <param name="Rejected">Bad rows left out and kept with their reasons.</param>
/// <param name="AlreadyStored">Whether the batch was stored before, so that nothing changed.</param>
internal sealed record IngestAnswer(long? Batch, int Stored, int Rejected, bool AlreadyStored);
