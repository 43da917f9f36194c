using RulePortal.Data.Ledger.Late;

namespace RulePortal.Data.Ledger;

/// <summary>Why an attempt was made.</summary>
public enum AttemptKind
{
    /// <summary>The window came due.</summary>
    Scheduled = 0,

    /// <summary>An earlier attempt failed or was lost.</summary>
    Retry = 1,

    /// <summary>A person asked.</summary>
    RunNow = 2,

    /// <summary>A missed window, filled.</summary>
    Backfill = 3,

    /// <summary>Rows came late.</summary>
    LateData = 4,
}
