using RulePortal.Data.Connections.Columns;

namespace RulePortal.Data.Connections.Parsing;

/// <summary>One JSON object a line. Blank lines are counted and skipped.</summary>
internal sealed class NdjsonReader(Stream content) : RecordReader
{
    private const int KeptOfTooLong = 32 * 1024;

    private readonly ByteWindow _window = new(content, ConnectionColumns.MaxRecordBytes + 1);
    private readonly JsonRowParser _parser = new();
    private byte[]? _tooLong;
    private int _length;
    private int _lineLength;

    public override ReadOnlySpan<byte> Raw => _tooLong is null ? _window.Slice(0, _length) : _tooLong;

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _tooLong = null;
        do
        {
            _window.Advance(_lineLength);
            _lineLength = 0;
            int newLine;
            while ((newLine = _window.Span.IndexOf((byte)'\n')) < 0 && !_window.IsLast && !_window.IsFull)
            {
                await _window.FillAsync(cancellationToken);
            }

            if (newLine < 0 && _window.Span.Length is 0)
            {
                return false;
            }

            Row++;
            if (newLine < 0 && !_window.IsLast)
            {
                await SkipLineAsync(cancellationToken);
                return true;
            }

            _length = newLine < 0 ? _window.Span.Length : newLine;
            _lineLength = newLine < 0 ? _length : newLine + 1;
        }
        while (!Raw.ContainsAnyExcept(" \t\r"u8));

        _length = Raw[^1] is (byte)'\r' ? _length - 1 : _length;
        return true;
    }

    public override void Parse(RowBuilder row)
    {
        if (_tooLong is null)
        {
            _parser.Parse(Raw, row);
        }
        else
        {
            row.Fault(Faults.TooLong);
        }
    }

    public override void Dispose() => _window.Dispose();

    private async ValueTask SkipLineAsync(CancellationToken cancellationToken)
    {
        _tooLong = _window.Span[..KeptOfTooLong].ToArray();
        int newLine;
        while ((newLine = _window.Span.IndexOf((byte)'\n')) < 0)
        {
            _window.Advance(_window.Span.Length);
            if (_window.IsLast)
            {
                return;
            }

            await _window.FillAsync(cancellationToken);
        }

        _lineLength = newLine + 1;
    }
}
