namespace RulePortal.Data.Ledger.Late;

/// <summary>What rows that came or went after a window was evaluated would change in it.</summary>
public enum LateVerdict
{
    /// <summary>Not looked at yet.</summary>
    Pending = 1,

    /// <summary>The same outcome with as many result rows.</summary>
    Unchanged = 2,

    /// <summary>Another outcome or other numbers, but nothing to alert that was not alerted.</summary>
    Changed = 3,

    /// <summary>It would now alert, or add rows to an alert.</summary>
    WouldAlert = 4,

    /// <summary>Cannot be said any more: retention has let go of connections the window looks back on.</summary>
    BeyondRetention = 5,
}
