namespace RulePortal.Data.Connections.Columns;

/// <summary>What a column of VMConnection holds.</summary>
public enum ColumnKind
{
    /// <summary>An instant.</summary>
    Time = 0,

    /// <summary>Text of a stated greatest length.</summary>
    Text = 1,

    /// <summary>An IPv4 or IPv6 address, or nothing.</summary>
    Address = 2,

    /// <summary>A whole number between the column's limits.</summary>
    Whole = 3,

    /// <summary>A finite number of double precision.</summary>
    Real = 4,
}
