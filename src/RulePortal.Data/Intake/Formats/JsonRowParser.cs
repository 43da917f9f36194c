using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Formats;

/// <summary>Reads one JSON object into a row.</summary>
internal sealed class JsonRowParser
{
    private readonly List<ConnectionColumn?> order = [];
    private byte[] nameBuffer = new byte[256];
    private byte[] valueBuffer = new byte[4096];

    /// <summary>Reads a record; faults go to the row.</summary>
    /// <param name="record">The bytes of one JSON value.</param>
    /// <param name="row">A row that has begun.</param>
    public void Parse(ReadOnlySpan<byte> record, RowBuilder row)
    {
        if (!Utf8.IsValid(record))
        {
            row.Fault(RowFaults.NotUtf8);
            return;
        }

        var reader = new Utf8JsonReader(record);
        try
        {
            reader.Read();
            if (reader.TokenType is not JsonTokenType.StartObject)
            {
                row.Fault(RowFaults.NotAnObject);
                return;
            }

            for (var ordinal = 0; reader.Read() && reader.TokenType is JsonTokenType.PropertyName; ordinal++)
            {
                if (!row.Count())
                {
                    return;
                }

                Property(ref reader, record, row, ordinal);
            }

            reader.Read();
        }
        catch (JsonException error)
        {
            row.Fault(RowFaults.Malformed(error));
        }
    }

    private void Property(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, RowBuilder row, int ordinal)
    {
        var column = Expected(ref reader, ordinal);
        ReadOnlySpan<byte> name = default;
        if (column is null)
        {
            if (!TryText(ref reader, ref nameBuffer, out name))
            {
                row.Fault(RowFaults.HalfASurrogate(""));
                reader.Read();
                reader.Skip();
                return;
            }

            column = ColumnNames.Find(name);
            Remember(ordinal, column);
        }

        reader.Read();
        if (column is null)
        {
            Unknown(ref reader, record, row, name);
        }
        else if (row.See(column))
        {
            Known(ref reader, row, column);
        }
        else
        {
            reader.Skip();
        }
    }

    private void Known(ref Utf8JsonReader reader, RowBuilder row, ConnectionColumn column)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                break;
            case JsonTokenType.StartObject or JsonTokenType.StartArray:
                row.Fault(RowFaults.Nested(column.Name));
                reader.Skip();
                break;
            case JsonTokenType.String when TryText(ref reader, ref valueBuffer, out var text):
                row.Set(column, text, isText: true);
                break;
            case JsonTokenType.String:
                row.Fault(RowFaults.HalfASurrogate(column.Name));
                break;
            default:
                row.Set(column, reader.ValueSpan, isText: false);
                break;
        }
    }

    private void Unknown(ref Utf8JsonReader reader, ReadOnlySpan<byte> record, RowBuilder row, ReadOnlySpan<byte> name)
    {
        if (reader.TokenType is JsonTokenType.Null || (reader.TokenType is JsonTokenType.String && reader.ValueSpan.Length == 0))
        {
            return;
        }

        var start = (int)reader.TokenStartIndex;
        var depth = reader.CurrentDepth;
        do
        {
            // A text is kept as it was written; one that no reader could decode again is refused.
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped && !TryText(ref reader, ref valueBuffer, out _))
            {
                row.Fault(RowFaults.HalfASurrogate(Encoding.UTF8.GetString(name)));
            }
        }
        while (!(reader.CurrentDepth == depth && reader.TokenType is not (JsonTokenType.StartObject or JsonTokenType.StartArray)) && reader.Read());

        row.SetUnknown(name, record[start..(int)reader.BytesConsumed]);
    }

    // A name with escapes is compared the long way, which bears half a surrogate pair.
    private ConnectionColumn? Expected(ref Utf8JsonReader reader, int ordinal) =>
        ordinal < order.Count && order[ordinal] is { } column && !reader.ValueIsEscaped && reader.ValueTextEquals(ColumnNames.Utf8(column)) ? column : null;

    private void Remember(int ordinal, ConnectionColumn? column)
    {
        if (ordinal < order.Count)
        {
            order[ordinal] = column;
        }
        else if (ordinal == order.Count)
        {
            order.Add(column);
        }
    }

    private static bool TryText(scoped ref Utf8JsonReader reader, scoped ref byte[] buffer, out ReadOnlySpan<byte> text)
    {
        if (!reader.ValueIsEscaped)
        {
            text = reader.ValueSpan;
            return true;
        }

        if (buffer.Length < reader.ValueSpan.Length)
        {
            buffer = new byte[reader.ValueSpan.Length];
        }

        try
        {
            text = buffer.AsSpan(0, reader.CopyString(buffer));
            return true;
        }
        catch (InvalidOperationException)
        {
            text = default;
            return false;
        }
    }
}
