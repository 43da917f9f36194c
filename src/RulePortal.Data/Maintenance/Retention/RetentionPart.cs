namespace RulePortal.Data.Maintenance.Retention;

/// <summary>What retention lets go, each with a time of its own.</summary>
public enum RetentionPart
{
    /// <summary>Connections, by TimeGenerated.</summary>
    Connections = 0,

    /// <summary>Closed alerts with their evidence and activity, by when they were closed. Open ones stay.</summary>
    Alerts = 1,

    /// <summary>Windows that ended, with their attempts, by the window's end.</summary>
    Runs = 2,

    /// <summary>Rows that were refused, by when their batch was received.</summary>
    RejectedRows = 3,

    /// <summary>Sessions that are over, by when they ended at the latest.</summary>
    Sessions = 4,
}
