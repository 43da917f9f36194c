using System.Text;
using System.Text.Unicode;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Formats;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Reading;

/// <summary>CSV of RFC 4180 with a header row. Blank lines are no rows.</summary>
internal sealed class CsvReader : RecordReader
{
    private readonly ByteWindow window;
    private readonly CsvRecordScanner scanner = new();
    private byte[][] names = [];
    private ConnectionColumn?[] columns = [];
    private byte[] preamble = [];
    private byte[] undoubled = new byte[1024];
    private bool englishDates;
    private int recordLength;

    private CsvReader(Stream content) => window = new ByteWindow(content, RecordLimits.MaxRecordBytes);

    public override bool EnglishDates => englishDates;

    public override ReadOnlySpan<byte> Preamble => preamble;

    public override ReadOnlySpan<byte> Raw => window.Slice(0, scanner.Length);

    /// <summary>Reads the header.</summary>
    /// <exception cref="ContentException">The header is unusable.</exception>
    public static async Task<CsvReader> OpenAsync(Stream content, CancellationToken cancellationToken)
    {
        var reader = new CsvReader(content);
        try
        {
            if (!await reader.NextAsync(cancellationToken))
            {
                throw new ContentException(0, "The content is empty.", "Send a header row and records.");
            }

            reader.TakeHeader();
            return reader;
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        var found = await NextAsync(cancellationToken);
        Row += found ? 1 : 0;
        return found;
    }

    public override void Parse(RowBuilder row)
    {
        if (Fault() is { } fault)
        {
            row.Fault(fault);
            return;
        }

        for (var i = 0; i < names.Length; i++)
        {
            var value = Value(scanner.Fields[i]);
            if (columns[i] is { } column)
            {
                row.Set(column, value, isText: true);
            }
            else if (value.Contains((byte)0))
            {
                row.Fault(RowFaults.HoldsNul(Encoding.UTF8.GetString(names[i])));
            }
            else
            {
                row.SetUnknownText(names[i], value);
            }
        }
    }

    public override void Dispose() => window.Dispose();

    private RowFault? Fault() => !Utf8.IsValid(Raw)
        ? RowFaults.NotUtf8
        : scanner.HasStrayQuote
            ? RowFaults.StrayQuote
            : scanner.Fields.Count != names.Length ? RowFaults.FieldCount(scanner.Fields.Count, names.Length) : null;

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        do
        {
            window.Advance(recordLength);
            while ((recordLength = scanner.Scan(window.Span, window.IsLast)) < 0 || (recordLength == 0 && !window.IsLast))
            {
                if (window.IsLast || window.IsFull)
                {
                    throw new ContentException(
                        Row + 1,
                        window.IsLast ? $"Row {Row + 1} has a quote that is not closed." : $"Row {Row + 1} {RowFaults.TooLong.Reason}; a closing quote may be missing.",
                        RowFaults.StrayQuote.Remedy);
                }

                await window.FillAsync(cancellationToken);
            }

            if (recordLength == 0)
            {
                return false;
            }
        }
        while (scanner.Length == 0);

        return true;
    }

    private void TakeHeader()
    {
        preamble = Raw.ToArray();
        if (!Utf8.IsValid(preamble) || scanner.HasStrayQuote)
        {
            var fault = scanner.HasStrayQuote ? RowFaults.StrayQuote : RowFaults.NotUtf8;
            throw new ContentException(0, $"The header row {fault.Reason}.", fault.Remedy);
        }

        if (scanner.Fields.Count > RecordLimits.MaxColumns)
        {
            throw new ContentException(0, $"The header row {RowFaults.TooManyColumns.Reason}.", RowFaults.TooManyColumns.Remedy);
        }

        names = [.. scanner.Fields.Select(field => Value(field).ToArray())];
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].AsSpan().SequenceEqual("TimeGenerated [UTC]"u8))
            {
                englishDates = true;
                names[i] = ColumnNames.Utf8(ConnectionColumns.TimeGenerated);
            }
        }

        columns = Array.ConvertAll(names, name => ColumnNames.Find(name));
        DemandNames();
    }

    private void DemandNames()
    {
        var seen = new HashSet<byte[]>(Utf8Comparer.Instance);
        foreach (var name in names)
        {
            var problem = name.Length == 0 ? "a column without a name" : seen.Add(name) ? "" : $"the column {Encoding.UTF8.GetString(name)} twice";
            if (problem.Length > 0)
            {
                throw new ContentException(0, $"The header row has {problem}.", "Name every column, each once.");
            }
        }

        if (!seen.Contains(ColumnNames.Utf8(ConnectionColumns.TimeGenerated)))
        {
            throw new ContentException(0, "The header row has no column TimeGenerated.", "Send CSV with VMConnection's column names in its first row, JSON, or NDJSON.");
        }
    }

    private ReadOnlySpan<byte> Value(CsvField field)
    {
        var written = window.Slice(field.Start, field.Length);
        if (!field.HasDoubledQuotes)
        {
            return written;
        }

        if (undoubled.Length < written.Length)
        {
            undoubled = new byte[written.Length];
        }

        var length = 0;
        for (var i = 0; i < written.Length; i++)
        {
            undoubled[length++] = written[i];
            i += written[i] is (byte)'"' ? 1 : 0;
        }

        return undoubled.AsSpan(0, length);
    }
}
