namespace RulePortal.Data.Connections.Storing;

/// <summary>What a record of the spool is.</summary>
internal enum SpoolRecord : byte
{
    /// <summary>A row to store.</summary>
    Row = 1,

    /// <summary>A row that was refused.</summary>
    Rejected = 2,

    /// <summary>The dictionary starts again, so that neither side's grows without end.</summary>
    Reset = 3,
}
