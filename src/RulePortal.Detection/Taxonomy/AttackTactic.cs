namespace RulePortal.Detection.Taxonomy;

/// <summary>Sentinel's seventeen tactics, declared in the order in which ATT&amp;CK's matrix shows its columns (v18), the two ICS ones and PreAttack last.</summary>
public enum AttackTactic
{
    /// <summary>TA0043.</summary>
    Reconnaissance = 0,

    /// <summary>TA0042.</summary>
    ResourceDevelopment = 1,

    /// <summary>TA0001.</summary>
    InitialAccess = 2,

    /// <summary>TA0002.</summary>
    Execution = 3,

    /// <summary>TA0003.</summary>
    Persistence = 4,

    /// <summary>TA0004.</summary>
    PrivilegeEscalation = 5,

    /// <summary>TA0005.</summary>
    DefenseEvasion = 6,

    /// <summary>TA0006.</summary>
    CredentialAccess = 7,

    /// <summary>TA0007.</summary>
    Discovery = 8,

    /// <summary>TA0008.</summary>
    LateralMovement = 9,

    /// <summary>TA0009.</summary>
    Collection = 10,

    /// <summary>TA0011.</summary>
    CommandAndControl = 11,

    /// <summary>TA0010.</summary>
    Exfiltration = 12,

    /// <summary>TA0040.</summary>
    Impact = 13,

    /// <summary>ICS TA0106.</summary>
    ImpairProcessControl = 14,

    /// <summary>ICS TA0107.</summary>
    InhibitResponseFunction = 15,

    /// <summary>The retired PRE-ATT&amp;CK matrix.</summary>
    PreAttack = 16,
}
