namespace RulePortal.Data.Auditing;

/// <summary>What is wrong with the chain.</summary>
public enum AuditFaultKind
{
    /// <summary>An entry is not what was sealed.</summary>
    Altered = 0,

    /// <summary>A sealed entry is gone.</summary>
    Missing = 1,

    /// <summary>An entry stands where another one was sealed.</summary>
    Reordered = 2,

    /// <summary>An entry says it is sealed and never was.</summary>
    Inserted = 3,

    /// <summary>The end of the chain is gone or is not that of its last entry.</summary>
    Head = 4,

    /// <summary>The chain is whole in itself, and not the one that was noted elsewhere: it was made anew.</summary>
    Anchor = 5,
}
