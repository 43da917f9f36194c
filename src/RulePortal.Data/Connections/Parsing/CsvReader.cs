using System.Buffers;
using System.Text;
using System.Text.Unicode;
using RulePortal.Data.Connections.Columns;
using Sylvan.Data.Csv;

namespace RulePortal.Data.Connections.Parsing;

/// <summary>CSV of RFC 4180 with a header row.</summary>
/// <remarks>
/// The bytes are taken as Latin-1, one character each: everything CSV gives a meaning is ASCII, so the fields can be turned back into the bytes they
/// were and be judged as UTF-8, each where it stands.
/// </remarks>
internal sealed class CsvReader : RecordReader
{
    private const string EnglishTimeHeader = "TimeGenerated [UTC]";

    private readonly CsvDataReader _csv;
    private readonly byte[][] _names;
    private readonly ConnectionColumn?[] _columns;
    private readonly byte[] _preamble;
    private byte[] _raw = [];
    private byte[] _field = [];
    private int _length;

    private CsvReader(CsvDataReader csv, byte[] header, byte[][] names, ConnectionColumn?[] columns, bool englishDates)
    {
        _csv = csv;
        _preamble = header;
        _names = names;
        _columns = columns;
        EnglishDates = englishDates;
    }

    public override bool EnglishDates { get; }

    public override ReadOnlySpan<byte> Preamble => _preamble;

    public override ReadOnlySpan<byte> Raw => _raw.AsSpan(0, _length);

    /// <summary>Reads the header.</summary>
    /// <exception cref="ContentException">The header is unusable.</exception>
    public static async Task<CsvReader> OpenAsync(Stream content, CancellationToken cancellationToken)
    {
        var options = new CsvDataReaderOptions
        {
            HasHeaders = false,
            Delimiter = ',',
            Comment = '\uFFFF', // never decoded from Latin-1: CSV has no comments
            BufferSize = 64 * 1024,
            MaxBufferSize = ConnectionColumns.MaxRecordBytes,
            ResultSetMode = ResultSetMode.SingleResult,
        };
        var text = new StreamReader(content, Encoding.Latin1, detectEncodingFromByteOrderMarks: false, bufferSize: 64 * 1024);
        try
        {
            CsvDataReader csv = await CsvDataReader.CreateAsync(text, options, cancellationToken);
            if (!await csv.ReadAsync(cancellationToken))
            {
                throw new ContentException(0, "The content is empty.", "Send a header row and records.");
            }

            return WithHeader(csv);
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new ContentException(0, "The header row is malformed.", "Write CSV as RFC 4180 has it.", error);
        }
    }

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            do
            {
                if (!await _csv.ReadAsync(cancellationToken))
                {
                    return false;
                }

                Row++;
                _length = Bytes(_csv.GetRawRecordSpan(), ref _raw);
                _length = Raw.TrimEnd("\r\n"u8).Length;
            }
            while (_length is 0);

            return true;
        }
        catch (Exception error) when (error is CsvFormatException or CsvRecordTooLargeException)
        {
            throw new ContentException(
                Row + 1,
                error is CsvRecordTooLargeException ? $"Row {Row + 1} {Faults.TooLong.Reason}; a quote may be missing." : $"Row {Row + 1} is malformed: a quote stands where none may.",
                "Quote fields that hold commas, quotes or line breaks, and double the quotes inside them (RFC 4180).",
                error);
        }
    }

    public override void Parse(RowBuilder row)
    {
        if (!Utf8.IsValid(Raw))
        {
            row.Fault(Faults.NotUtf8);
            return;
        }

        if (_csv.RowFieldCount != _names.Length)
        {
            row.Fault(Faults.FieldCount(_csv.RowFieldCount, _names.Length));
            return;
        }

        for (int i = 0; i < _names.Length; i++)
        {
            ReadOnlySpan<byte> value = _field.AsSpan(0, Bytes(_csv.GetFieldSpan(i), ref _field));
            if (_columns[i] is { } column)
            {
                row.Set(column, value, isText: true);
            }
            else if (value.Contains((byte)0))
            {
                row.Fault(Faults.HoldsNul(Encoding.UTF8.GetString(_names[i])));
            }
            else
            {
                row.SetUnknownText(_names[i], value);
            }
        }
    }

    public override void Dispose() => _csv.Dispose();

    private static CsvReader WithHeader(CsvDataReader csv)
    {
        byte[] buffer = [];
        byte[] header = buffer.AsSpan(0, Bytes(csv.GetRawRecordSpan(), ref buffer)).ToArray();
        if (!Utf8.IsValid(header))
        {
            throw new ContentException(0, "The header row is not UTF-8.", Faults.NotUtf8.Remedy);
        }

        if (csv.RowFieldCount > ConnectionColumns.MaxColumns)
        {
            throw new ContentException(0, $"The header row {Faults.TooManyColumns.Reason}.", Faults.TooManyColumns.Remedy);
        }

        var names = new byte[csv.RowFieldCount][];
        var columns = new ConnectionColumn?[names.Length];
        var seen = new HashSet<byte[]>(Utf8Comparer.Instance);
        bool english = false;
        for (int i = 0; i < names.Length; i++)
        {
            byte[] name = buffer.AsSpan(0, Bytes(csv.GetFieldSpan(i), ref buffer)).ToArray();
            if (name.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(EnglishTimeHeader)))
            {
                english = true;
                name = ConnectionColumns.TimeGenerated.Utf8Name;
            }

            names[i] = name;
            columns[i] = ConnectionColumns.Find(name);
            string problem = name.Length is 0 ? "a column without a name" : seen.Add(name) ? "" : $"the column {Encoding.UTF8.GetString(name)} twice";
            if (problem.Length > 0)
            {
                throw new ContentException(0, $"The header row has {problem}.", "Name every column, each once.");
            }
        }

        return Array.IndexOf(columns, ConnectionColumns.TimeGenerated) >= 0
            ? new CsvReader(csv, header, names, columns, english)
            : throw new ContentException(0, "The header row has no column TimeGenerated.", "Send CSV with VMConnection's column names in its first row, JSON, or NDJSON.");
    }

    private static int Bytes(ReadOnlySpan<char> latin1, ref byte[] buffer)
    {
        if (buffer.Length < latin1.Length)
        {
            buffer = new byte[Math.Max(latin1.Length, 1024)];
        }

        return Encoding.Latin1.GetBytes(latin1, buffer);
    }
}
