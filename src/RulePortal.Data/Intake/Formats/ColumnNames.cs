using System.Text;
using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Formats;

/// <summary>The columns by their names as content spells them, in UTF-8.</summary>
internal static class ColumnNames
{
    private static readonly byte[][] Names = [.. ConnectionColumns.All.Select(column => Encoding.UTF8.GetBytes(column.Name))];

    private static readonly Dictionary<byte[], ConnectionColumn> ByName = ConnectionColumns.All.ToDictionary(Utf8, Utf8Comparer.Instance);

    private static readonly Dictionary<byte[], ConnectionColumn>.AlternateLookup<ReadOnlySpan<byte>> BySpan = ByName.GetAlternateLookup<ReadOnlySpan<byte>>();

    public static byte[] Utf8(ConnectionColumn column) => Names[column.Ordinal];

    public static ConnectionColumn? Find(ReadOnlySpan<byte> name) => BySpan.TryGetValue(name, out var column) ? column : null;
}
