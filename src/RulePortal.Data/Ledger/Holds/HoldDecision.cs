namespace RulePortal.Data.Ledger.Holds;

/// <summary>What a person decides of a window that holds its rule.</summary>
public enum HoldDecision
{
    /// <summary>The window is evaluated again and alerts, however many result rows it has.</summary>
    Alert = 0,

    /// <summary>The window is left out; a backfill can take it up again.</summary>
    Skip = 1,
}
