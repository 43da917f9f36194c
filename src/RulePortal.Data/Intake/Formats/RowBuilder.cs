using System.Buffers.Text;
using System.Text;
using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Formats;

/// <summary>The row being read: takes values column by column, judges each, and ends as a row to store or a list of faults. Used again for every row.</summary>
internal sealed class RowBuilder(TermTable terms)
{
    private readonly Term[] texts = new Term[StoredColumns.Texts.Count];
    private readonly long?[] numbers = new long?[StoredColumns.Numbers.Count];
    private readonly DetailsWriter details = new();
    private readonly List<RowFault> faults = [];
    private readonly long[] seenIn = new long[ConnectionColumns.All.Count];
    private long turn;
    private int columns;

    /// <summary>Last instant a row may carry.</summary>
    public DateTime NowUtc { get; set; }

    /// <summary>Whether TimeGenerated may have Log Analytics' en-US form.</summary>
    public bool EnglishDates { get; set; }

    public long? TimeGenerated { get; private set; }

    /// <summary>The texts that are stored by themselves, in the slots of <see cref="StoredColumns"/>.</summary>
    public ReadOnlySpan<Term> Texts => texts;

    /// <summary>The numbers that are stored by themselves, in the slots of <see cref="StoredColumns"/>; of a real one its bits.</summary>
    public ReadOnlySpan<long?> Numbers => numbers;

    /// <summary>The JSON object of every other column, empty when there is none.</summary>
    public ReadOnlySpan<byte> Details => details.Written;

    public IReadOnlyList<RowFault> Faults => faults;

    public void Begin()
    {
        texts.AsSpan().Fill(terms.Empty);
        Array.Clear(numbers);
        faults.Clear();
        details.Begin();
        turn++;
        columns = 0;
        TimeGenerated = null;
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

        details.End();
        if (Details.Length > RecordLimits.MaxDetailsLength && Encoding.UTF8.GetCharCount(Details) is int length and > RecordLimits.MaxDetailsLength)
        {
            Fault(RowFaults.DetailsTooLong(length));
        }

        return faults.Count == 0;
    }

    /// <summary>Counts a column; false when the row has too many and reading it further is pointless.</summary>
    public bool Count()
    {
        if (++columns <= RecordLimits.MaxColumns)
        {
            return true;
        }

        Fault(RowFaults.TooManyColumns);
        return false;
    }

    /// <summary>Notes that a known column came; false when it had come before.</summary>
    public bool See(ConnectionColumn column)
    {
        if (seenIn[column.Ordinal] == turn)
        {
            Fault(RowFaults.Twice(column.Name));
            return false;
        }

        seenIn[column.Ordinal] = turn;
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

        switch (column.Type)
        {
            case ColumnType.Time:
                SetTime(value, isText);
                break;
            case ColumnType.Text or ColumnType.Address:
                SetText(column, value, isText);
                break;
            case ColumnType.Real:
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
        NameUnknown(name);
        details.Json(json);
    }

    /// <summary>Adds a column the table does not know, with a text for a value.</summary>
    public void SetUnknownText(ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        if (value.Length > 0)
        {
            NameUnknown(name);
            details.Text(value);
        }
    }

    /// <summary>Sets the time from ticks since 0001-01-01 UTC.</summary>
    public void SetTime(long ticks)
    {
        if (ticks > NowUtc.Ticks + RecordLimits.MaxAhead.Ticks)
        {
            Fault(RowFaults.Ahead(ticks, NowUtc));
        }
        else
        {
            TimeGenerated = ticks;
        }
    }

    private void NameUnknown(ReadOnlySpan<byte> name)
    {
        if (!details.TryName(name))
        {
            Fault(RowFaults.Twice(Encoding.UTF8.GetString(name)));
        }
    }

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
            SetBare(column, value);
            return;
        }

        var term = column.Type is ColumnType.Address ? terms.Address(value) : null;
        if (column.Type is ColumnType.Address && term is null)
        {
            Fault(RowFaults.NotAnAddress(column.Name, value));
        }
        else if (term is not null || Fits(column, value))
        {
            if (column.IsStored)
            {
                texts[StoredColumns.SlotOf(column)] = term ?? terms.Text(value)!;
            }
            else
            {
                details.Name(ColumnNames.Utf8(column));
                details.Text(term is null ? value : term.Utf8);
            }
        }
    }

    /// <summary>A number, true or false where text is expected: only Details can hold it as it came.</summary>
    private void SetBare(ConnectionColumn column, ReadOnlySpan<byte> value)
    {
        if (column.IsStored)
        {
            Fault(RowFaults.NotText(column.Name));
        }
        else
        {
            details.Name(ColumnNames.Utf8(column));
            details.Json(value);
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
        }
        else if (column.IsStored)
        {
            numbers[StoredColumns.SlotOf(column)] = BitConverter.DoubleToInt64Bits(number);
        }
        else
        {
            details.Name(ColumnNames.Utf8(column));
            details.Number(number);
        }
    }

    private void SetWhole(ConnectionColumn column, ReadOnlySpan<byte> value)
    {
        if (!Utf8Parser.TryParse(value, out long number, out var consumed) || consumed != value.Length || value[0] is (byte)'+')
        {
            var areDigits = !value.TrimStart((byte)'-').ContainsAnyExceptInRange((byte)'0', (byte)'9') && value[^1] is not (byte)'-';
            Fault(areDigits ? RowFaults.OutOfRange(column, value) : RowFaults.NotANumber(column, value));
        }
        else if (number < column.Min || number > column.Max)
        {
            Fault(RowFaults.OutOfRange(column, value));
        }
        else if (column.IsStored)
        {
            numbers[StoredColumns.SlotOf(column)] = number;
        }
        else
        {
            details.Name(ColumnNames.Utf8(column));
            details.Number(number);
        }
    }
}
