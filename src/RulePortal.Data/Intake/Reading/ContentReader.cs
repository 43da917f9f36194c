using System.IO.Compression;
using System.Security.Cryptography;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Formats;
using RulePortal.Data.Intake.Spooling;

namespace RulePortal.Data.Intake.Reading;

/// <summary>Reads VMConnection records out of content, batch by batch.</summary>
/// <remarks>
/// Rows are judged and spooled to a temporary file before any database is touched: a slow sender holds no lock, a refused batch leaves no trace, and
/// memory does not grow with the content.
/// </remarks>
public sealed class ContentReader : IDisposable
{
    private const int HeadLength = 1 << 20;
    private const string StrictGzip = "System.IO.Compression.UseStrictValidation";

    private readonly RecordReader records;
    private readonly RowBuilder row = new(new TermTable());
    private readonly TimeProvider time;
    private ContentException? pending;
    private bool isAhead;

    private ContentReader(RecordReader reader, ContentFormat format, byte[] headHash, TimeProvider clock)
    {
        records = reader;
        time = clock;
        row.EnglishDates = records.EnglishDates;
        Format = format;
        HeadHash = headHash;
    }

    /// <summary>How the records are written.</summary>
    public ContentFormat Format { get; }

    /// <summary>SHA-256 of the first MiB of unpacked content, by which a file is known again.</summary>
    public byte[] HeadHash { get; }

    /// <summary>Whether every record has been read.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Begins to read.</summary>
    /// <param name="content">The bytes; not disposed.</param>
    /// <param name="options">What is known of them.</param>
    /// <param name="time">The clock that TimeGenerated is held against.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="ContentException">Nothing can be read from the content.</exception>
    public static async Task<ContentReader> OpenAsync(Stream content, ContentOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            var unpacked = await UnpackAsync(content, options.Packing, cancellationToken);
            unpacked = options.MaxBytes is { } most ? new LimitedStream(unpacked, most) : unpacked;
            var (peeked, first) = await PrefixedStream.PeekAsync(unpacked, HeadLength, cancellationToken);
            var headHash = SHA256.HashData(first.Span);
            var (stream, head) = await SkipMarkAsync(peeked, first, cancellationToken);
            var format = options.Format ?? Detect(head.Span);
            RecordReader reader = format switch
            {
                ContentFormat.Ndjson => new NdjsonReader(stream),
                ContentFormat.JsonArray => new JsonArrayReader(stream),
                _ => await CsvReader.OpenAsync(stream, cancellationToken),
            };
            return new ContentReader(reader, format, headHash, time);
        }
        catch (InvalidDataException error)
        {
            throw DamagedGzip(0, error);
        }
    }

    /// <summary>Reads the next rows into a batch.</summary>
    /// <param name="maxRows">Most rows of the batch, bad ones included.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <returns>The batch, for the caller to dispose; without rows at the end.</returns>
    /// <exception cref="ContentException">The content cannot be read further; what was read since the last batch is lost.</exception>
    public async Task<SpooledBatch> ReadBatchAsync(int maxRows, CancellationToken cancellationToken)
    {
        using var spooler = new BatchSpooler();
        if (!records.Preamble.IsEmpty)
        {
            spooler.Hash(records.Preamble.TrimEnd("\r\n"u8));
        }

        row.NowUtc = time.GetUtcNow().UtcDateTime;
        while (spooler.Count < maxRows && (isAhead || await ReadAsync(cancellationToken)))
        {
            isAhead = false;
            var raw = records.Raw;
            spooler.Hash(raw);
            row.Begin();
            records.Parse(row);
            spooler.Add(row, row.End(), records.Row, raw);
        }

        if (spooler.Count == maxRows)
        {
            await LookAheadAsync(cancellationToken);
        }

        return spooler.Complete();
    }

    /// <summary>Demands that everything has been read.</summary>
    /// <exception cref="ContentTooLargeException">There are more rows.</exception>
    /// <exception cref="ContentException">The content cannot be read further.</exception>
    public async Task DemandEndAsync(CancellationToken cancellationToken)
    {
        if (isAhead || await ReadAsync(cancellationToken))
        {
            throw ContentTooLargeException.Rows(records.Row, ConnectionRowId.MaxRowsPerBatch);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => records.Dispose();

    private async Task LookAheadAsync(CancellationToken cancellationToken)
    {
        try
        {
            isAhead = await ReadAsync(cancellationToken);
        }
        catch (ContentException error)
        {
            // The batch at hand is whole; the fault belongs to the next.
            pending = error;
        }
    }

    private async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        if (pending is not null)
        {
            throw pending;
        }

        try
        {
            IsAtEnd = IsAtEnd || !await records.ReadAsync(cancellationToken);
            return !IsAtEnd;
        }
        catch (InvalidDataException error)
        {
            throw DamagedGzip(records.Row + 1, error);
        }
    }

    private static async Task<Stream> UnpackAsync(Stream content, ContentPacking packing, CancellationToken cancellationToken)
    {
        if (packing is ContentPacking.None)
        {
            return content;
        }

        var (stream, magic) = await PrefixedStream.PeekAsync(content, 2, cancellationToken);
        if (packing is ContentPacking.Detect && !magic.Span.SequenceEqual((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return stream;
        }

        if (!AppContext.TryGetSwitch(StrictGzip, out var isStrict) || !isStrict)
        {
            throw new InvalidOperationException($"The runtime option {StrictGzip} must be on: without it a gzip stream that was cut off reads as if it had ended there.");
        }

        return new GZipStream(stream, CompressionMode.Decompress);
    }

    private static async Task<(Stream Stream, ReadOnlyMemory<byte> Head)> SkipMarkAsync(Stream stream, ReadOnlyMemory<byte> head, CancellationToken cancellationToken)
    {
        if (head.Span.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || head.Span.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            throw new ContentException(0, "The content is UTF-16.", RowFaults.NotUtf8.Remedy);
        }

        if (!head.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            return (stream, head);
        }

        await stream.ReadExactlyAsync(new byte[3], cancellationToken);
        return (stream, head[3..]);
    }

    private static ContentFormat Detect(ReadOnlySpan<byte> head)
    {
        var text = head.TrimStart(" \t\r\n"u8);
        return text.IsEmpty || text[0] is (byte)'{' ? ContentFormat.Ndjson : text[0] is (byte)'[' ? ContentFormat.JsonArray : ContentFormat.Csv;
    }

    private static ContentException DamagedGzip(long row, Exception error) =>
        new(row, "The gzip data are damaged or cut off.", "Pack and send the content again.", error);
}
