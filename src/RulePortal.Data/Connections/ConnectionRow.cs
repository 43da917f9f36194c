using System.Text;
using RulePortal.Data.Intake.Formats;

namespace RulePortal.Data.Connections;

/// <summary>One stored VMConnection record: the columns that queries name; what else the list of columns stores is mapped without a property.</summary>
/// <remarks>
/// Its id is its batch's sequence and its place in the batch in one number (<see cref="ConnectionRowId"/>), so "rows up to batch n" and
/// "the rows of batch n" are ranges of the key, and every index carries the batch without a column for it.
/// </remarks>
public sealed class ConnectionRow
{
    /// <summary>Batch sequence and row number; see <see cref="ConnectionRowId"/>.</summary>
    public long Id { get; init; }

    /// <summary>100 ns ticks since 0001-01-01 UTC.</summary>
    public long TimeGenerated { get; init; }

    /// <summary>Term of the reporting machine's name.</summary>
    public int ComputerId { get; init; }

    /// <summary>Term of the direction.</summary>
    public int DirectionId { get; init; }

    /// <summary>Term of the executable's name.</summary>
    public int ProcessNameId { get; init; }

    /// <summary>Term of the source address.</summary>
    public int SourceIpId { get; init; }

    /// <summary>Term of the destination address.</summary>
    public int DestinationIpId { get; init; }

    /// <summary>Port, or null when it was missing.</summary>
    public int? DestinationPort { get; init; }

    /// <summary>Term of the protocol.</summary>
    public int ProtocolId { get; init; }

    /// <summary>Term of the remote address.</summary>
    public int RemoteIpId { get; init; }

    /// <summary>Term of the remote country.</summary>
    public int RemoteCountryId { get; init; }

    /// <summary>Term of the malicious address.</summary>
    public int MaliciousIpId { get; init; }

    /// <summary>Bytes sent, or null when missing.</summary>
    public long? BytesSent { get; init; }

    /// <summary>Bytes received, or null when missing.</summary>
    public long? BytesReceived { get; init; }

    /// <summary>Connections established, or null when missing.</summary>
    public long? LinksEstablished { get; init; }

    /// <summary>Every other column as one JSON object, or null.</summary>
    public string? Details { get; init; }
}

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

/// <summary>One text of the dictionary. Its bytes are its identity, which settles case, accents and trailing blanks on every provider.</summary>
public sealed class ConnectionTerm
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Identity.</summary>
    public int Id { get; init; }

    /// <summary>The text in UTF-8; unique; empty for the empty text.</summary>
    /// <value>At most 1,600 bytes.</value>
    public required byte[] Utf8 { get; init; }

    /// <summary>The same text, for reading and searching only.</summary>
    public required string Text { get; init; }

    /// <summary>A text's UTF-8, or null when it holds half a surrogate pair.</summary>
    internal static byte[]? TryEncode(string text)
    {
        try
        {
            return Strict.GetBytes(text);
        }
        catch (EncoderFallbackException)
        {
            return null;
        }
    }
}
