namespace RulePortal.Data.Rules;

/// <summary>How saving a rule ended.</summary>
public enum RuleSaveOutcome
{
    /// <summary>A new version is in force.</summary>
    Saved = 0,

    /// <summary>The definition is the current version's; nothing was written.</summary>
    Unchanged = 1,

    /// <summary>The definition has faults; nothing was written.</summary>
    Invalid = 2,

    /// <summary>Somebody saved a newer version meanwhile; nothing was written.</summary>
    Conflict = 3,

    /// <summary>There is no such rule.</summary>
    NotFound = 4,

    /// <summary>The definition breaks pins and nobody said why it should be saved all the same; nothing was written.</summary>
    BreaksPins = 5,
}
