namespace RulePortal.Data.Connections;

/// <summary>The arithmetic of a connection's id: batch sequence in the upper 43 bits, row number in the lower 20.</summary>
public static class ConnectionRowId
{
    private const int RowBits = 20;

    /// <summary>Most rows one batch can hold.</summary>
    /// <value>1,000,000.</value>
    public const int MaxRowsPerBatch = 1_000_000;

    /// <summary>Ids that one batch has.</summary>
    internal const long Size = 1L << RowBits;

    /// <summary>The id of a row.</summary>
    /// <param name="batchSeq">The batch's sequence, 1 or more.</param>
    /// <param name="row">Place in the batch, from 0.</param>
    public static long Of(long batchSeq, int row) => (batchSeq << RowBits) | (uint)row;

    /// <summary>First id of a batch.</summary>
    public static long FirstOf(long batchSeq) => batchSeq << RowBits;

    /// <summary>First id after a batch.</summary>
    public static long EndOf(long batchSeq) => (batchSeq + 1) << RowBits;

    /// <summary>The batch of a row.</summary>
    public static long BatchSeqOf(long id) => id >> RowBits;
}
