using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RulePortal.Data.Intake.Formats;

namespace RulePortal.Data.Intake.Spooling;

/// <summary>Takes the rows of one batch in and ends as a <see cref="SpooledBatch"/>.</summary>
internal sealed class BatchSpooler : IDisposable
{
    /// <summary>Bad rows that are reported with all their faults.</summary>
    public const int ReportedBadRows = 20;

    /// <summary>Bad rows a batch keeps; beyond that they are only counted.</summary>
    public const int KeptBadRows = 10_000;

    private const int KeptRawLength = 8_000;

    private readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<BadRow> firstBadRows = [];
    private readonly SpoolWriter writer;
    private FileStream? file = TempFile.Create();
    private int rows;
    private int badRows;
    private long firstRow;
    private long lastRow;
    private long oldest = long.MaxValue;
    private long newest = long.MinValue;

    public BatchSpooler() => writer = new SpoolWriter(file);

    public int Count => rows + badRows;

    /// <summary>Counts bytes into the content's hash.</summary>
    public void Hash(ReadOnlySpan<byte> record)
    {
        hash.AppendData(record);
        hash.AppendData("\n"u8);
    }

    /// <summary>Takes a row in, good or bad.</summary>
    /// <param name="row">The row, ended.</param>
    /// <param name="isGood">What its end said.</param>
    /// <param name="number">Its number in the file or request.</param>
    /// <param name="raw">The record as it came.</param>
    public void Add(RowBuilder row, bool isGood, long number, ReadOnlySpan<byte> raw)
    {
        firstRow = firstRow == 0 ? number : firstRow;
        lastRow = number;
        if (isGood)
        {
            rows++;
            oldest = Math.Min(oldest, row.TimeGenerated!.Value);
            newest = Math.Max(newest, row.TimeGenerated!.Value);
            writer.WriteRow(row);
            return;
        }

        if (firstBadRows.Count < ReportedBadRows)
        {
            firstBadRows.Add(new BadRow(number, [.. row.Faults]));
        }

        if (++badRows <= KeptBadRows)
        {
            writer.WriteRejected(number, JsonSerializer.SerializeToUtf8Bytes(row.Faults, JsonSerializerOptions.Web), Encoding.UTF8.GetBytes(Shorten(raw)));
        }
    }

    /// <summary>Ends the batch.</summary>
    public SpooledBatch Complete() => Complete(hash.GetHashAndReset());

    /// <summary>Ends a batch whose records never were text; the spool itself, which follows from them alone, is hashed in its stead.</summary>
    public SpooledBatch CompleteWithOwnHash()
    {
        writer.Flush();
        file!.Position = 0;
        return Complete(SHA256.HashData(file));
    }

    public void Dispose()
    {
        file?.Dispose();
        hash.Dispose();
    }

    private SpooledBatch Complete(byte[] contentHash)
    {
        writer.Flush();
        var spool = file ?? throw new InvalidOperationException("The batch has ended already.");
        file = null;
        return new SpooledBatch(spool)
        {
            Rows = rows,
            BadRows = badRows,
            FirstBadRows = firstBadRows,
            ContentHash = contentHash,
            FirstRow = firstRow,
            LastRow = lastRow,
            OldestUtc = rows == 0 ? null : new DateTime(oldest, DateTimeKind.Utc),
            NewestUtc = rows == 0 ? null : new DateTime(newest, DateTimeKind.Utc),
        };
    }

    private static string Shorten(ReadOnlySpan<byte> raw)
    {
        var text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, KeptRawLength * 4)]).Replace('\0', '\uFFFD');
        if (text.Length <= KeptRawLength)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[KeptRawLength - 1]) ? KeptRawLength - 1 : KeptRawLength)];
    }
}
