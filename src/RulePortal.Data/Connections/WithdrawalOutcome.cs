namespace RulePortal.Data.Connections;

/// <summary>What became of a wish to withdraw a batch.</summary>
public enum WithdrawalOutcome
{
    /// <summary>Its rows are gone now.</summary>
    Withdrawn = 0,

    /// <summary>They had been withdrawn before; nothing changed.</summary>
    AlreadyWithdrawn = 1,

    /// <summary>There is no such batch.</summary>
    NotFound = 2,
}
