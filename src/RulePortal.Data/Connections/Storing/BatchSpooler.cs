using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Data.Connections.Storing;

/// <summary>Takes the rows of one batch in and ends as a <see cref="SpooledBatch"/>.</summary>
internal sealed class BatchSpooler : IDisposable
{
    /// <summary>Bad rows that are reported with all their faults.</summary>
    public const int ReportedBadRows = 20;

    /// <summary>Bad rows a batch keeps; beyond that they are only counted.</summary>
    public const int KeptBadRows = 10_000;

    private const int KeptRawLength = 8_000;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly List<BadRow> _firstBadRows = [];
    private readonly SpoolWriter _writer;
    private FileStream? _file = TempFile.Create();
    private int _rows;
    private int _badRows;
    private long _firstRow;
    private long _lastRow;
    private long _oldest = long.MaxValue;
    private long _newest = long.MinValue;

    public BatchSpooler() => _writer = new SpoolWriter(_file);

    public int Count => _rows + _badRows;

    /// <summary>Counts bytes into the content's hash.</summary>
    public void Hash(ReadOnlySpan<byte> record)
    {
        _hash.AppendData(record);
        _hash.AppendData("\n"u8);
    }

    /// <summary>Takes a row in, good or bad.</summary>
    /// <param name="row">The row, ended.</param>
    /// <param name="isGood">What its end said.</param>
    /// <param name="number">Its number in the file or request.</param>
    /// <param name="raw">The record as it came.</param>
    public void Add(RowBuilder row, bool isGood, long number, ReadOnlySpan<byte> raw)
    {
        _firstRow = _firstRow is 0 ? number : _firstRow;
        _lastRow = number;
        if (isGood)
        {
            _rows++;
            _oldest = Math.Min(_oldest, row.TimeGenerated!.Value);
            _newest = Math.Max(_newest, row.TimeGenerated!.Value);
            _writer.WriteRow(row);
            return;
        }

        if (_firstBadRows.Count < ReportedBadRows)
        {
            _firstBadRows.Add(new BadRow(number, [.. row.Faults]));
        }

        if (++_badRows <= KeptBadRows)
        {
            _writer.WriteRejected(number, JsonSerializer.SerializeToUtf8Bytes(row.Faults, JsonSerializerOptions.Web), Encoding.UTF8.GetBytes(Shorten(raw)));
        }
    }

    /// <summary>Ends the batch.</summary>
    public SpooledBatch Complete() => Complete(_hash.GetHashAndReset());

    /// <summary>Ends a batch whose records never were text; the spool itself, which follows from them alone, is hashed in its stead.</summary>
    public SpooledBatch CompleteWithOwnHash()
    {
        _writer.Flush();
        _file!.Position = 0;
        byte[] hash = SHA256.HashData(_file);
        return Complete(hash);
    }

    public void Dispose()
    {
        _file?.Dispose();
        _hash.Dispose();
    }

    private SpooledBatch Complete(byte[] hash)
    {
        _writer.Flush();
        FileStream file = _file ?? throw new InvalidOperationException("The batch has ended already.");
        _file = null;
        return new SpooledBatch(file)
        {
            Rows = _rows,
            BadRows = _badRows,
            FirstBadRows = _firstBadRows,
            ContentHash = hash,
            FirstRow = _firstRow,
            LastRow = _lastRow,
            OldestUtc = _rows is 0 ? null : new DateTime(_oldest, DateTimeKind.Utc),
            NewestUtc = _rows is 0 ? null : new DateTime(_newest, DateTimeKind.Utc),
        };
    }

    private static string Shorten(ReadOnlySpan<byte> raw)
    {
        string text = Encoding.UTF8.GetString(raw[..Math.Min(raw.Length, KeptRawLength * 4)]).Replace('\0', '\uFFFD');
        if (text.Length <= KeptRawLength)
        {
            return text;
        }

        return text[..(char.IsHighSurrogate(text[KeptRawLength - 1]) ? KeptRawLength - 1 : KeptRawLength)];
    }
}
