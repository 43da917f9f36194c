using System.Globalization;
using System.Text;
using System.Text.Json;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Formats;

/// <summary>The sentences of everything that can be wrong with a row.</summary>
internal static class RowFaults
{
    private const int ExcerptLength = 60;
    private const int LongestExplanation = 200;

    public static RowFault TimeMissing { get; } = new("TimeGenerated", "is missing", "Give every row the start of its minute, such as 2026-01-31T23:00:00Z.");

    public static RowFault NotUtf8 { get; } = new("", "is not UTF-8", "Send the content in UTF-8.");

    public static RowFault NotAnObject { get; } = new("", "is not a JSON object", "Write a row as {\"TimeGenerated\": \"...\", ...}.");

    public static RowFault TooLong { get; } = new(
        "", string.Create(CultureInfo.InvariantCulture, $"is longer than {RecordLimits.MaxRecordBytes:N0} bytes"), "Shorten the row.");

    public static RowFault TooManyColumns { get; } = new(
        "", string.Create(CultureInfo.InvariantCulture, $"has more than {RecordLimits.MaxColumns:N0} columns"), "Leave out columns.");

    public static RowFault StrayQuote { get; } = new(
        "", "has a quote where none may stand", "Quote fields that hold commas, quotes or line breaks, and double the quotes inside them (RFC 4180).");

    public static RowFault Malformed(JsonException error) => new(
        "", string.Create(CultureInfo.InvariantCulture, $"is malformed at byte {error.BytePositionInLine ?? 0}: {Explain(error)}"), "Mend the JSON.");

    /// <summary>What the framework says, without the position with which it ends; it quotes what it stumbled over, however long.</summary>
    public static string Explain(JsonException error)
    {
        var position = error.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        var said = position > 0 ? error.Message[..position] : error.Message;
        return said.Length > LongestExplanation ? string.Concat(said.AsSpan(0, LongestExplanation), "...") : said;
    }

    public static RowFault FieldCount(int fields, int header) => new(
        "", string.Create(CultureInfo.InvariantCulture, $"has {fields:N0} fields where the header has {header:N0}"), "Quote fields that hold commas, quotes or line breaks (RFC 4180).");

    public static RowFault NotADate(ReadOnlySpan<byte> value, bool english) => new(
        "TimeGenerated",
        $"is not a date: {Excerpt(value)}",
        english ? "Write 1/31/2026, 11:00:00.000 PM or 2026-01-31T23:00:00Z." : "Write ISO 8601 with at most seven decimals, such as 2026-01-31T23:00:00Z.");

    public static RowFault Ahead(long ticks, DateTime nowUtc) => new(
        "TimeGenerated",
        string.Create(CultureInfo.InvariantCulture, $"lies more than an hour ahead of the clock: {new DateTime(ticks, DateTimeKind.Utc):O} (now {nowUtc:yyyy-MM-dd'T'HH:mm:ss'Z'})"),
        "Correct the sender's clock or its time zone; times are UTC.");

    public static RowFault Nested(string column) => new(column, "is an object or an array", "Write a single value, or the JSON as text.");

    public static RowFault NotText(string column) => new(column, "is not text", "Write the value in quotes.");

    public static RowFault NotAnAddress(string column, ReadOnlySpan<byte> value) => new(
        column, $"is not an address: {Excerpt(value)}", "Write IPv4 or IPv6 without port, prefix or zone, or leave it empty.");

    public static RowFault NotANumber(ConnectionColumn column, ReadOnlySpan<byte> value) => column.Type is ColumnType.Real
        ? new(column.Name, $"is not a number: {Excerpt(value)}", "Write a finite decimal number, or leave it empty.")
        : new(column.Name, $"is not a whole number: {Excerpt(value)}", string.Create(CultureInfo.InvariantCulture, $"Write a whole number from {column.Min} to {column.Max}, or leave it empty."));

    public static RowFault OutOfRange(ConnectionColumn column, ReadOnlySpan<byte> value) => new(
        column.Name, $"is out of range: {Excerpt(value)}", string.Create(CultureInfo.InvariantCulture, $"Write a whole number from {column.Min} to {column.Max}."));

    public static RowFault TextTooLong(string column, int length, int maxLength) => new(
        column,
        string.Create(CultureInfo.InvariantCulture, $"has {length:N0} characters; at most {maxLength:N0} are stored"),
        string.Create(CultureInfo.InvariantCulture, $"Shorten it to {maxLength:N0} characters."));

    public static RowFault DetailsTooLong(int length) => new(
        "Details",
        string.Create(CultureInfo.InvariantCulture, $"would have {length:N0} characters; at most {RecordLimits.MaxDetailsLength:N0} are stored"),
        "Leave out columns that are not needed: Details holds every column without a place of its own.");

    public static RowFault HoldsNul(string column) => new(column, "holds a NUL character", "Remove the character U+0000.");

    public static RowFault HalfASurrogate(string column) => new(column, "holds half a surrogate pair", "Write characters beyond U+FFFF as whole pairs.");

    public static RowFault Twice(string column) => new(column, "is given twice", "Give each column once.");

    public static RowFault NoName() => new("", "has a column without a name", "Name every column.");

    private static string Excerpt(ReadOnlySpan<byte> value)
    {
        var text = Encoding.UTF8.GetString(value.Length > ExcerptLength * 4 ? value[..(ExcerptLength * 4)] : value);
        var cut = text.Length > ExcerptLength ? string.Concat(text.AsSpan(0, ExcerptLength), "...") : text;
        return string.Create(cut.Length + 2, cut, static (span, source) =>
        {
            span[0] = '"';
            span[^1] = '"';
            for (var i = 0; i < source.Length; i++)
            {
                span[i + 1] = char.IsControl(source[i]) ? '\uFFFD' : source[i];
            }
        });
    }
}

/// <summary>One thing wrong with a row.</summary>
/// <param name="Column">The column, or an empty text when the row as a whole is at fault.</param>
/// <param name="Reason">What is wrong, to be read after the column's name.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record RowFault(string Column, string Reason, string Remedy);

/// <summary>A row that cannot be stored.</summary>
/// <param name="Row">Its number in the file or request, from 1: the line of NDJSON, the element of a JSON array, the record after the header of CSV.</param>
/// <param name="Faults">Everything wrong with it.</param>
public sealed record BadRow(long Row, IReadOnlyList<RowFault> Faults);
