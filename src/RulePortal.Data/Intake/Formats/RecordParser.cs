using System.Text.Json;
using RulePortal.Data.Connections;
using RulePortal.Data.Connections.Columns;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Formats;

/// <summary>Reads a record that is an object already into a row, by the same rules as text.</summary>
internal static class RecordParser
{
    private static readonly (ConnectionColumn Column, Func<VmConnection, string> Read)[] Texts =
    [
        (ConnectionColumns.Of(StoredColumn.Computer), record => record.Computer),
        (ConnectionColumns.Of(StoredColumn.Direction), record => record.Direction),
        (ConnectionColumns.Of(StoredColumn.ProcessName), record => record.ProcessName),
        (ConnectionColumns.Of(StoredColumn.SourceIp), record => record.SourceIp),
        (ConnectionColumns.Of(StoredColumn.DestinationIp), record => record.DestinationIp),
        (ConnectionColumns.Of(StoredColumn.Protocol), record => record.Protocol),
        (ConnectionColumns.Of(StoredColumn.RemoteIp), record => record.RemoteIp),
        (ConnectionColumns.Of(StoredColumn.RemoteCountry), record => record.RemoteCountry),
        (ConnectionColumns.Of(StoredColumn.MaliciousIp), record => record.MaliciousIp),
    ];

    /// <summary>Begins, fills and ends the row.</summary>
    /// <returns>True when it can be stored.</returns>
    public static bool Parse(VmConnection record, RowBuilder row)
    {
        row.Begin();
        row.SetTime(record.TimeGenerated.Ticks);
        foreach (var (column, read) in Texts)
        {
            if (ConnectionTerm.TryEncode(read(record)) is { } utf8)
            {
                row.Set(column, utf8, isText: true);
            }
            else
            {
                row.Fault(RowFaults.HalfASurrogate(column.Name));
            }
        }

        row.SetNumbers(record.DestinationPort, record.BytesSent, record.BytesReceived, record.LinksEstablished);
        if (record.Details is { } details)
        {
            SetDetails(details, row);
        }

        return row.End();
    }

    /// <summary>The record as text, for those who read why it was refused.</summary>
    public static byte[] Raw(VmConnection record, bool isGood) => isGood ? [] : JsonSerializer.SerializeToUtf8Bytes(record);

    private static void SetDetails(string details, RowBuilder row)
    {
        if (ConnectionTerm.TryEncode(details) is not { } utf8)
        {
            row.Fault(RowFaults.HalfASurrogate("Details"));
            return;
        }

        try
        {
            var reader = new Utf8JsonReader(utf8);
            reader.Read();
            if (reader.TokenType is JsonTokenType.StartObject)
            {
                reader.Skip();
                row.SetDetails(utf8.AsSpan(0, (int)reader.BytesConsumed));
                return;
            }
        }
        catch (JsonException)
        {
            // Said below.
        }

        row.Fault(RowFaults.Nested("Details") with { Reason = "is not a JSON object", Remedy = "Write a JSON object or nothing." });
    }
}
