using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Encodings.Web;
using RulePortal.Data.Connections.Columns;

namespace RulePortal.Data.Intake.Formats;

/// <summary>The row being read: takes values column by column, judges each, and ends as a row to store or a list of faults. Used again for every row.</summary>
internal sealed class RowBuilder(TermTable terms)
{
    private readonly Term[] texts = new Term[ConnectionColumns.TextColumns];
    private readonly List<RowFault> faults = [];
    private readonly List<(int Start, int Length)> unknownNames = [];
    private readonly ArrayBufferWriter<byte> details = new(1024);
    private readonly byte[] digits = new byte[32];
    private ulong seen;
    private int columns;

    /// <summary>Last instant a row may carry.</summary>
    public DateTime NowUtc { get; set; }

    /// <summary>Whether TimeGenerated may have Log Analytics' en-US form.</summary>
    public bool EnglishDates { get; set; }

    public long? TimeGenerated { get; private set; }

    public int? DestinationPort { get; private set; }

    public long? BytesSent { get; private set; }

    public long? BytesReceived { get; private set; }

    public long? LinksEstablished { get; private set; }

    public ReadOnlySpan<Term> Texts => texts;

    /// <summary>The JSON object of every other column, empty when there is none.</summary>
    public ReadOnlySpan<byte> Details => details.WrittenSpan;

    public IReadOnlyList<RowFault> Faults => faults;

    public void Begin()
    {
        texts.AsSpan().Fill(terms.Empty);
        faults.Clear();
        unknownNames.Clear();
        details.ResetWrittenCount();
        seen = 0;
        columns = 0;
        TimeGenerated = null;
        DestinationPort = null;
        BytesSent = null;
        BytesReceived = null;
        LinksEstablished = null;
    }

    public void Fault(RowFault fault) => faults.Add(fault);

    /// <summary>Ends the row.</summary>
    /// <returns>True when it can be stored.</returns>
    public bool End()
    {
        // A row that could not be read as a row says nothing about its columns.
        if (TimeGenerated is null && faults.TrueForAll(fault => fault.Column is not ("" or "TimeGenerated")))
        {
            Fault(RowFaults.TimeMissing);
        }

        if (details.WrittenCount > 0)
        {
            details.Write("}"u8);
            if (details.WrittenCount > ConnectionColumns.MaxDetailsLength && Encoding.UTF8.GetCharCount(details.WrittenSpan) is int length and > ConnectionColumns.MaxDetailsLength)
            {
                Fault(RowFaults.DetailsTooLong(length));
            }
        }

        return faults.Count == 0;
    }

    /// <summary>Counts a column; false when the row has too many and reading it further is pointless.</summary>
    public bool Count()
    {
        if (++columns <= ConnectionColumns.MaxColumns)
        {
            return true;
        }

        Fault(RowFaults.TooManyColumns);
        return false;
    }

    /// <summary>Notes that a known column came; false when it had come before.</summary>
    public bool See(ConnectionColumn column)
    {
        var bit = 1UL << column.Ordinal;
        if ((seen & bit) != 0)
        {
            Fault(RowFaults.Twice(column.Name));
            return false;
        }

        seen |= bit;
        return true;
    }

    /// <summary>Sets a known column from its unescaped value.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">UTF-8, checked before.</param>
    /// <param name="isText">Whether the value came as text rather than as a bare number, true or false.</param>
    public void Set(ConnectionColumn column, ReadOnlySpan<byte> value, bool isText)
    {
        if (value.Length == 0)
        {
            return;
        }

        switch (column.Kind)
        {
            case ColumnKind.Time:
                SetTime(value, isText);
                break;
            case ColumnKind.Text when !column.IsStored:
                SetDetailText(column, value, isText);
                break;
            case ColumnKind.Text or ColumnKind.Address:
                SetText(column, value, isText);
                break;
            case ColumnKind.Real:
                SetReal(column, value);
                break;
            default:
                SetWhole(column, value);
                break;
        }
    }

    /// <summary>Adds a column the table does not know.</summary>
    /// <param name="name">Its unescaped name.</param>
    /// <param name="json">Its value as JSON.</param>
    public void SetUnknown(ReadOnlySpan<byte> name, ReadOnlySpan<byte> json)
    {
        var start = StartDetail(name);
        (int Start, int Length) written = (start, details.WrittenCount - start);
        foreach ((int Start, int Length) other in unknownNames)
        {
            if (other.Length == written.Length && details.WrittenSpan.Slice(other.Start, other.Length).SequenceEqual(details.WrittenSpan.Slice(start, written.Length)))
            {
                Fault(RowFaults.Twice(Encoding.UTF8.GetString(name)));
                break;
            }
        }

        unknownNames.Add(written);
        details.Write(json);
    }

    /// <summary>Adds a column the table does not know, with a text for a value.</summary>
    public void SetUnknownText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length > 0)
        {
            SetUnknown(name, []);
            WriteJsonText(value);
        }
    }

    /// <summary>Sets the time from ticks since 0001-01-01 UTC.</summary>
    public void SetTime(long ticks)
    {
        if (ticks > NowUtc.Ticks + ConnectionColumns.MaxAhead.Ticks)
        {
            Fault(RowFaults.Ahead(ticks, NowUtc));
        }
        else
        {
            TimeGenerated = ticks;
        }
    }

    /// <summary>Sets the numbers of a record that holds them as numbers.</summary>
    public void SetNumbers(int? destinationPort, long? bytesSent, long? bytesReceived, long? linksEstablished)
    {
        var port = ConnectionColumns.Of(StoredColumn.DestinationPort);
        if (destinationPort is { } number && (number < port.Min || number > port.Max))
        {
            Utf8Formatter.TryFormat(number, digits, out var written);
            Fault(RowFaults.OutOfRange(port, digits.AsSpan(0, written)));
        }

        DestinationPort = destinationPort;
        BytesSent = bytesSent;
        BytesReceived = bytesReceived;
        LinksEstablished = linksEstablished;
    }

    /// <summary>Sets the whole Details object at once.</summary>
    /// <param name="json">A JSON object, with nothing after its closing brace.</param>
    public void SetDetails(ReadOnlySpan<byte> json) => details.Write(json[..^1]);

    private void SetTime(ReadOnlySpan<byte> value, bool isText)
    {
        if (isText && (TimeText.TryParseIso(value, out var ticks) || (EnglishDates && TimeText.TryParseEnglish(value, out ticks))))
        {
            SetTime(ticks);
        }
        else
        {
            Fault(RowFaults.NotADate(value, EnglishDates));
        }
    }

    private void SetText(ConnectionColumn column, ReadOnlySpan<byte> value, bool isText)
    {
        if (!isText)
        {
            Fault(RowFaults.NotText(column.Name));
            return;
        }

        if (column.Kind is ColumnKind.Address)
        {
            if (terms.Address(value) is { } address)
            {
                texts[(int)column.Place] = address;
            }
            else
            {
                Fault(RowFaults.NotAnAddress(column.Name, value));
            }
        }
        else if (Fits(column, value))
        {
            texts[(int)column.Place] = terms.Text(value)!;
        }
    }

    private void SetDetailText(ConnectionColumn column, ReadOnlySpan<byte> value, bool isText)
    {
        if (!isText)
        {
            StartDetail(column.Utf8Name);
            details.Write(value);
        }
        else if (Fits(column, value))
        {
            StartDetail(column.Utf8Name);
            WriteJsonText(value);
        }
    }

    private bool Fits(ConnectionColumn column, ReadOnlySpan<byte> value)
    {
        if (value.Contains((byte)0))
        {
            Fault(RowFaults.HoldsNul(column.Name));
            return false;
        }

        if (value.Length > column.MaxLength && Encoding.UTF8.GetCharCount(value) is int length && length > column.MaxLength)
        {
            Fault(RowFaults.TextTooLong(column.Name, length, column.MaxLength));
            return false;
        }

        return true;
    }

    private void SetReal(ConnectionColumn column, ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out double number, out var consumed) || consumed != value.Length || !double.IsFinite(number))
        {
            Fault(RowFaults.NotANumber(column, value));
            return;
        }

        StartDetail(column.Utf8Name);
        Utf8Formatter.TryFormat(number, digits, out var written);
        details.Write(digits.AsSpan(0, written));
    }

    private void SetWhole(ConnectionColumn column, ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out long number, out var consumed) || consumed != value.Length || value[0] is (byte)'+')
        {
            var areDigits = !value.TrimStart((byte)'-').ContainsAnyExceptInRange((byte)'0', (byte)'9') && value[^1] is not (byte)'-';
            Fault(areDigits ? RowFaults.OutOfRange(column, value) : RowFaults.NotANumber(column, value));
            return;
        }

        if (number < column.Min || number > column.Max)
        {
            Fault(RowFaults.OutOfRange(column, value));
            return;
        }

        switch (column.Place)
        {
            case StoredColumn.DestinationPort:
                DestinationPort = (int)number;
                break;
            case StoredColumn.BytesSent:
                BytesSent = number;
                break;
            case StoredColumn.BytesReceived:
                BytesReceived = number;
                break;
            case StoredColumn.LinksEstablished:
                LinksEstablished = number;
                break;
            default:
                StartDetail(column.Utf8Name);
                Utf8Formatter.TryFormat(number, digits, out var written);
                details.Write(digits.AsSpan(0, written));
                break;
        }
    }

    private int StartDetail(ReadOnlySpan<byte> name)
    {
        details.Write(details.WrittenCount == 0 ? "{"u8 : ","u8);
        var start = details.WrittenCount;
        WriteJsonText(name);
        details.Write(":"u8);
        return start;
    }

    private void WriteJsonText(ReadOnlySpan<byte> value)
    {
        var encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        details.Write("\""u8);
        if (encoder.FindFirstCharacterToEncodeUtf8(value) < 0)
        {
            details.Write(value);
        }
        else
        {
            var most = value.Length * encoder.MaxOutputCharactersPerInputCharacter;
            encoder.EncodeUtf8(value, details.GetSpan(most), out _, out var written);
            details.Advance(written);
        }

        details.Write("\""u8);
    }
}
