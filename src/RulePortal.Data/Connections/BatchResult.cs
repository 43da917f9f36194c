using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Data.Connections;

/// <summary>What became of a batch.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Seq">The batch stored now or before; null when there is none.</param>
/// <param name="Stored">Rows stored, now or before.</param>
/// <param name="Rejected">Bad rows: of a refused batch those found, of a stored one those left out.</param>
/// <param name="FirstBadRows">The first twenty bad rows found now.</param>
public sealed record BatchResult(BatchStatus Status, long? Seq, int Stored, int Rejected, IReadOnlyList<BadRow> FirstBadRows);
