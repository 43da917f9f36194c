using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;
using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Formats;

/// <summary>Reads records that are objects already into a row, by the same rules as text. A column that has no property of its own comes in the record's Details.</summary>
internal sealed class RecordParser
{
    private static readonly (ConnectionColumn Column, Func<VmConnection, string> Read)[] Texts =
        [.. Properties(StoredColumns.Texts).Select(each => (each.Column, each.Property.GetMethod!.CreateDelegate<Func<VmConnection, string>>()))];

    private static readonly (ConnectionColumn Column, Func<VmConnection, long?> Read)[] Numbers =
        [.. Properties(StoredColumns.Numbers).Select(each => (each.Column, Number(each.Property)))];

    private readonly JsonRowParser json = new();

    /// <summary>Begins, fills and ends the row.</summary>
    /// <returns>True when it can be stored.</returns>
    public bool Parse(VmConnection record, RowBuilder row)
    {
        row.Begin();
        row.SetTime(record.TimeGenerated.Ticks);
        foreach (var (column, read) in Texts)
        {
            if (read(record) is { Length: > 0 } text)
            {
                SetText(row, column, text);
            }
        }

        foreach (var (column, read) in Numbers)
        {
            if (read(record) is { } number && row.See(column))
            {
                row.Set(column, Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)), isText: false);
            }
        }

        if (record.Details is { } details)
        {
            SetDetails(row, details);
        }

        return row.End();
    }

    /// <summary>The record as text, for those who read why it was refused.</summary>
    public static byte[] Raw(VmConnection record, bool isGood) => isGood ? [] : JsonSerializer.SerializeToUtf8Bytes(record);

    private static IEnumerable<(ConnectionColumn Column, PropertyInfo Property)> Properties(IEnumerable<ConnectionColumn> columns) =>
        columns.Select(column => (column, Property: typeof(VmConnection).GetProperty(column.Name)!)).Where(each => each.Property is not null);

    private static Func<VmConnection, long?> Number(PropertyInfo property)
    {
        if (property.PropertyType == typeof(long?))
        {
            return property.GetMethod!.CreateDelegate<Func<VmConnection, long?>>();
        }

        var read = property.GetMethod!.CreateDelegate<Func<VmConnection, int?>>();
        return record => read(record);
    }

    private static void SetText(RowBuilder row, ConnectionColumn column, string text)
    {
        row.See(column);
        if (ConnectionTerm.TryEncode(text) is { } utf8)
        {
            row.Set(column, utf8, isText: true);
        }
        else
        {
            row.Fault(RowFaults.HalfASurrogate(column.Name));
        }
    }

    private void SetDetails(RowBuilder row, string details)
    {
        if (ConnectionTerm.TryEncode(details) is { } utf8)
        {
            json.Parse(utf8, row);
        }
        else
        {
            row.Fault(RowFaults.HalfASurrogate("Details"));
        }
    }
}
