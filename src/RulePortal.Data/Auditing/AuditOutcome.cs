namespace RulePortal.Data.Auditing;

/// <summary>How what was tried ended.</summary>
public enum AuditOutcome
{
    /// <summary>It was done.</summary>
    Succeeded = 0,

    /// <summary>It was refused: the role, the key or the sign-in did not suffice.</summary>
    Denied = 1,

    /// <summary>It was allowed and did not come to its end.</summary>
    Failed = 2,
}
