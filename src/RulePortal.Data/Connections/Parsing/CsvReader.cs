using System.Text;
using System.Text.Unicode;
using RulePortal.Data.Connections.Columns;

namespace RulePortal.Data.Connections.Parsing;

/// <summary>CSV of RFC 4180 with a header row. Blank lines are no rows.</summary>
internal sealed class CsvReader : RecordReader
{
    private readonly ByteWindow _window;
    private readonly CsvRecordScanner _scanner = new();
    private byte[][] _names = [];
    private ConnectionColumn?[] _columns = [];
    private byte[] _preamble = [];
    private byte[] _field = new byte[1024];
    private bool _englishDates;
    private int _recordLength;

    private CsvReader(Stream content) => _window = new ByteWindow(content, ConnectionColumns.MaxRecordBytes);

    public override bool EnglishDates => _englishDates;

    public override ReadOnlySpan<byte> Preamble => _preamble;

    public override ReadOnlySpan<byte> Raw => _window.Slice(0, _scanner.Length);

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
        bool found = await NextAsync(cancellationToken);
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

        for (int i = 0; i < _names.Length; i++)
        {
            ReadOnlySpan<byte> value = Value(_scanner.Fields[i]);
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

    public override void Dispose() => _window.Dispose();

    private RowFault? Fault() => !Utf8.IsValid(Raw)
        ? Faults.NotUtf8
        : _scanner.HasStrayQuote
            ? Faults.StrayQuote
            : _scanner.Fields.Count != _names.Length ? Faults.FieldCount(_scanner.Fields.Count, _names.Length) : null;

    private async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        do
        {
            _window.Advance(_recordLength);
            while ((_recordLength = _scanner.Scan(_window.Span, _window.IsLast)) < 0 || (_recordLength is 0 && !_window.IsLast))
            {
                if (_window.IsLast || _window.IsFull)
                {
                    throw new ContentException(
                        Row + 1,
                        _window.IsLast ? $"Row {Row + 1} has a quote that is not closed." : $"Row {Row + 1} {Faults.TooLong.Reason}; a closing quote may be missing.",
                        Faults.StrayQuote.Remedy);
                }

                await _window.FillAsync(cancellationToken);
            }

            if (_recordLength is 0)
            {
                return false;
            }
        }
        while (_scanner.Length is 0);

        return true;
    }

    private void TakeHeader()
    {
        _preamble = Raw.ToArray();
        if (!Utf8.IsValid(_preamble) || _scanner.HasStrayQuote)
        {
            RowFault fault = _scanner.HasStrayQuote ? Faults.StrayQuote : Faults.NotUtf8;
            throw new ContentException(0, $"The header row {fault.Reason}.", fault.Remedy);
        }

        if (_scanner.Fields.Count > ConnectionColumns.MaxColumns)
        {
            throw new ContentException(0, $"The header row {Faults.TooManyColumns.Reason}.", Faults.TooManyColumns.Remedy);
        }

        _names = [.. _scanner.Fields.Select(field => Value(field).ToArray())];
        for (int i = 0; i < _names.Length; i++)
        {
            if (_names[i].AsSpan().SequenceEqual("TimeGenerated [UTC]"u8))
            {
                _englishDates = true;
                _names[i] = ConnectionColumns.TimeGenerated.Utf8Name;
            }
        }

        _columns = Array.ConvertAll(_names, name => ConnectionColumns.Find(name));
        DemandNames();
    }

    private void DemandNames()
    {
        var seen = new HashSet<byte[]>(Utf8Comparer.Instance);
        foreach (byte[] name in _names)
        {
            string problem = name.Length is 0 ? "a column without a name" : seen.Add(name) ? "" : $"the column {Encoding.UTF8.GetString(name)} twice";
            if (problem.Length > 0)
            {
                throw new ContentException(0, $"The header row has {problem}.", "Name every column, each once.");
            }
        }

        if (!seen.Contains(ConnectionColumns.TimeGenerated.Utf8Name))
        {
            throw new ContentException(0, "The header row has no column TimeGenerated.", "Send CSV with VMConnection's column names in its first row, JSON, or NDJSON.");
        }
    }

    private ReadOnlySpan<byte> Value(CsvField field)
    {
        ReadOnlySpan<byte> written = _window.Slice(field.Start, field.Length);
        if (!field.HasDoubledQuotes)
        {
            return written;
        }

        if (_field.Length < written.Length)
        {
            _field = new byte[written.Length];
        }

        int length = 0;
        for (int i = 0; i < written.Length; i++)
        {
            _field[length++] = written[i];
            i += written[i] is (byte)'"' ? 1 : 0;
        }

        return _field.AsSpan(0, length);
    }
}
