using System.Globalization;
using System.Text.Json;
using RulePortal.Data.Connections.Columns;

namespace RulePortal.Data.Connections.Parsing;

/// <summary>The elements of one JSON array. A fault in the array's own syntax ends the reading: what follows cannot be told apart.</summary>
internal sealed class JsonArrayReader(Stream content) : RecordReader
{
    private readonly ByteWindow _window = new(content, ConnectionColumns.MaxRecordBytes);
    private readonly JsonRowParser _parser = new();
    private int _length;
    private bool _started;

    public override ReadOnlySpan<byte> Raw => _window.Slice(0, _length);

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        _window.Advance(_length);
        _length = 0;
        byte next = await NextAsync(cancellationToken);
        if (!_started)
        {
            Expect(next, (byte)'[', "a JSON array");
            _started = true;
            next = await NextAsync(cancellationToken, skip: 1);
            if (next is (byte)']')
            {
                return await EndAsync(cancellationToken);
            }
        }
        else if (next is (byte)']')
        {
            return await EndAsync(cancellationToken);
        }
        else
        {
            Expect(next, (byte)',', "a comma or the array's end");
            await NextAsync(cancellationToken, skip: 1);
        }

        Row++;
        int length;
        while (!TryMeasure(out length))
        {
            if (_window.IsFull)
            {
                throw new ContentTooLargeException(Row, $"Row {Row} {Faults.TooLong.Reason}.", Faults.TooLong.Remedy);
            }

            await _window.FillAsync(cancellationToken);
        }

        _length = length;
        return true;
    }

    public override void Parse(RowBuilder row) => _parser.Parse(Raw, row);

    public override void Dispose() => _window.Dispose();

    private bool TryMeasure(out int length)
    {
        length = 0;
        bool isLast = _window.IsLast;
        var reader = new Utf8JsonReader(_window.Span, isLast, state: default);
        try
        {
            if (!reader.Read() || !reader.TrySkip())
            {
                return isLast ? throw Malformed(_window.Span.Length, "The array ends in the middle of a row.") : false;
            }
        }
        catch (JsonException error)
        {
            throw Malformed(reader.BytesConsumed, Faults.Explain(error), error);
        }

        length = (int)reader.BytesConsumed;
        return true;
    }

    private async ValueTask<byte> NextAsync(CancellationToken cancellationToken, int skip = 0)
    {
        _window.Advance(skip);
        while (true)
        {
            int place = _window.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (place >= 0)
            {
                _window.Advance(place);
                return _window.Span[0];
            }

            _window.Advance(_window.Span.Length);
            if (_window.IsLast)
            {
                return 0;
            }

            await _window.FillAsync(cancellationToken);
        }
    }

    private async ValueTask<bool> EndAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken, skip: 1) is not 0)
        {
            throw Malformed(0, "There is more after the array's end.");
        }

        return false;
    }

    private void Expect(byte found, byte expected, string what)
    {
        if (found != expected)
        {
            throw Malformed(0, found is 0 ? $"The content ends where {what} was expected." : $"Expected {what}.");
        }
    }

    private ContentException Malformed(long offset, string message, Exception? inner = null) => new(
        Row,
        string.Create(CultureInfo.InvariantCulture, $"The JSON is malformed after row {Math.Max(Row - 1, 0)}, near byte {_window.Position + offset}. {message}"),
        "Mend the JSON, or send one object a line as NDJSON, where a malformed row spoils only itself.",
        inner);
}
