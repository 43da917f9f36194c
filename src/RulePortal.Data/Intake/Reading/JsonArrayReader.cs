using System.Globalization;
using System.Text.Json;
using RulePortal.Data.Intake.Formats;

namespace RulePortal.Data.Intake.Reading;

/// <summary>The elements of one JSON array. A fault in the array's own syntax ends the reading: what follows cannot be told apart.</summary>
internal sealed class JsonArrayReader(Stream content) : RecordReader
{
    private readonly ByteWindow window = new(content, RecordLimits.MaxRecordBytes);
    private readonly JsonRowParser parser = new();
    private int length;
    private bool started;

    public override ReadOnlySpan<byte> Raw => window.Slice(0, length);

    public override async ValueTask<bool> ReadAsync(CancellationToken cancellationToken)
    {
        window.Advance(length);
        length = 0;
        var next = await NextAsync(cancellationToken);
        if (!started)
        {
            Expect(next, (byte)'[', "a JSON array");
            started = true;
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
        int measured;
        while (!TryMeasure(out measured))
        {
            if (window.IsFull)
            {
                throw new ContentTooLargeException(Row, $"Row {Row} {RowFaults.TooLong.Reason}.", RowFaults.TooLong.Remedy);
            }

            await window.FillAsync(cancellationToken);
        }

        length = measured;
        return true;
    }

    public override void Parse(RowBuilder row) => parser.Parse(Raw, row);

    public override void Dispose() => window.Dispose();

    private bool TryMeasure(out int measured)
    {
        measured = 0;
        var isLast = window.IsLast;
        var reader = new Utf8JsonReader(window.Span, isLast, state: default);
        try
        {
            if (!reader.Read() || !reader.TrySkip())
            {
                return isLast ? throw Malformed(window.Span.Length, "The array ends in the middle of a row.") : false;
            }
        }
        catch (JsonException error)
        {
            throw Malformed(reader.BytesConsumed, RowFaults.Explain(error), error);
        }

        measured = (int)reader.BytesConsumed;
        return true;
    }

    private async ValueTask<byte> NextAsync(CancellationToken cancellationToken, int skip = 0)
    {
        window.Advance(skip);
        while (true)
        {
            var place = window.Span.IndexOfAnyExcept(" \t\r\n"u8);
            if (place >= 0)
            {
                window.Advance(place);
                return window.Span[0];
            }

            window.Advance(window.Span.Length);
            if (window.IsLast)
            {
                return 0;
            }

            await window.FillAsync(cancellationToken);
        }
    }

    private async ValueTask<bool> EndAsync(CancellationToken cancellationToken)
    {
        if (await NextAsync(cancellationToken, skip: 1) != 0)
        {
            throw Malformed(0, "There is more after the array's end.");
        }

        return false;
    }

    private void Expect(byte found, byte expected, string what)
    {
        if (found != expected)
        {
            throw Malformed(0, found == 0 ? $"The content ends where {what} was expected." : $"Expected {what}.");
        }
    }

    private ContentException Malformed(long offset, string message, Exception? inner = null) => new(
        Row,
        string.Create(CultureInfo.InvariantCulture, $"The JSON is malformed after row {Math.Max(Row - 1, 0)}, near byte {window.Position + offset}. {message}"),
        "Mend the JSON, or send one object a line as NDJSON, where a malformed row spoils only itself.",
        inner);
}
