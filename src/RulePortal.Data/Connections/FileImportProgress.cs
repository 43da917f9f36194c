namespace RulePortal.Data.Connections;

/// <summary>How far the import of a file has come: whole batches only.</summary>
/// <param name="Batches">Batches dealt with.</param>
/// <param name="BatchRows">Rows of a batch, as the file is cut.</param>
/// <param name="Stored">Rows stored now.</param>
/// <param name="AlreadyStored">Rows that were stored before.</param>
/// <param name="Rejected">Bad rows left out, now or before.</param>
/// <param name="LastRow">Number of the last row dealt with; everything up to it is stored or kept as rejected.</param>
public sealed record FileImportProgress(int Batches, int BatchRows, long Stored, long AlreadyStored, long Rejected, long LastRow);
