using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <summary>How the columns that are stored by themselves lie in the table, in the spool and in the row being read: texts by their terms, numbers as they are.</summary>
internal static class StoredColumns
{
    private static readonly int[] Slots = new int[ConnectionColumns.All.Count];

    static StoredColumns()
    {
        Texts = Number(column => column.IsText);
        Numbers = Number(column => column.IsNumber);
        TableColumns = [nameof(ConnectionRow.Id), nameof(ConnectionRow.TimeGenerated), .. Texts.Select(NameOf), .. Numbers.Select(NameOf), nameof(ConnectionRow.Details)];
    }

    /// <summary>The texts, each at its slot.</summary>
    public static IReadOnlyList<ConnectionColumn> Texts { get; }

    /// <summary>The numbers, each at its slot.</summary>
    public static IReadOnlyList<ConnectionColumn> Numbers { get; }

    /// <summary>The columns of the table in the order in which they are written: id, time, texts, numbers, details.</summary>
    public static IReadOnlyList<string> TableColumns { get; }

    /// <summary>The index of a stored column in <see cref="Texts"/> or <see cref="Numbers"/>.</summary>
    public static int SlotOf(ConnectionColumn column) => Slots[column.Ordinal];

    /// <summary>What the table calls a stored column.</summary>
    public static string NameOf(ConnectionColumn column) => column.IsText ? column.Name + "Id" : column.Name;

    /// <summary>What the table holds of a stored column; a number may be missing.</summary>
    public static Type TypeOf(ConnectionColumn column) =>
        column.IsText || column.IsShort ? typeof(int) : column.Type is ColumnType.Real ? typeof(double) : typeof(long);

    /// <summary>A number as the table holds it.</summary>
    /// <param name="column">Its column.</param>
    /// <param name="bits">The number; of a real one its bits.</param>
    public static object ValueOf(ConnectionColumn column, long bits) =>
        column.IsShort ? (int)bits : column.Type is ColumnType.Real ? BitConverter.Int64BitsToDouble(bits) : bits;

    private static ConnectionColumn[] Number(Func<ConnectionColumn, bool> which)
    {
        ConnectionColumn[] columns = [.. ConnectionColumns.All.Where(column => column.IsStored && which(column))];
        foreach (var (slot, column) in columns.Index())
        {
            Slots[column.Ordinal] = slot;
        }

        return columns;
    }
}
