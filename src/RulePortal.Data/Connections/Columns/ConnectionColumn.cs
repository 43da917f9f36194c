using System.Text;

namespace RulePortal.Data.Connections.Columns;

/// <summary>One column of VMConnection and what may stand in it.</summary>
public sealed class ConnectionColumn
{
    internal ConnectionColumn(int ordinal, string name, ColumnKind kind, int maxLength, StoredColumn place, long min = long.MinValue, long max = long.MaxValue)
    {
        Ordinal = ordinal;
        Name = name;
        Kind = kind;
        MaxLength = maxLength;
        Place = place;
        Min = min;
        Max = max;
        Utf8Name = Encoding.UTF8.GetBytes(name);
    }

    /// <summary>Name, compared ordinally.</summary>
    public string Name { get; }

    /// <summary>What it holds.</summary>
    public ColumnKind Kind { get; }

    /// <summary>Most characters (UTF-16 code units) of a text.</summary>
    /// <value>0 for a column that is no text.</value>
    public int MaxLength { get; }

    /// <summary>Smallest whole number allowed.</summary>
    public long Min { get; }

    /// <summary>Largest whole number allowed.</summary>
    public long Max { get; }

    /// <summary>Whether it has a column of its own in the store; the others go into Details.</summary>
    public bool IsStored => Place is not StoredColumn.Details;

    internal int Ordinal { get; }

    internal StoredColumn Place { get; }

    internal byte[] Utf8Name { get; }
}
