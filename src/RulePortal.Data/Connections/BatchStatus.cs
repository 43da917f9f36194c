namespace RulePortal.Data.Connections;

/// <summary>What became of a batch that was to be stored.</summary>
public enum BatchStatus
{
    /// <summary>It is stored now.</summary>
    Stored = 0,

    /// <summary>The same key with the same content was stored before; nothing changed.</summary>
    AlreadyStored = 1,

    /// <summary>The same key with other content was stored before; nothing changed.</summary>
    Conflict = 2,

    /// <summary>It has bad rows; nothing is stored and its key stays free.</summary>
    Refused = 3,

    /// <summary>It has no rows; nothing is stored.</summary>
    Empty = 4,
}
