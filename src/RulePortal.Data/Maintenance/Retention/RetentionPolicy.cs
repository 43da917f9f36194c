namespace RulePortal.Data.Maintenance.Retention;

/// <summary>How long each part of the store is kept.</summary>
public sealed record RetentionPolicy
{
    /// <summary>Connections, from TimeGenerated.</summary>
    /// <value>Default 75 days.</value>
    public TimeSpan Connections { get; init; } = TimeSpan.FromDays(75);

    /// <summary>Alerts, from when they were closed; open ones stay.</summary>
    /// <value>Default 730 days.</value>
    public TimeSpan Alerts { get; init; } = TimeSpan.FromDays(730);

    /// <summary>Windows and their attempts, from the window's end.</summary>
    /// <value>Default 180 days.</value>
    public TimeSpan Runs { get; init; } = TimeSpan.FromDays(180);

    /// <summary>Rejected rows, from when their batch was received.</summary>
    /// <value>Default 30 days.</value>
    public TimeSpan RejectedRows { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Sessions, from when they were over by themselves.</summary>
    /// <value>Default 7 days.</value>
    public TimeSpan Sessions { get; init; } = TimeSpan.FromDays(7);

    /// <summary>How long a part is kept.</summary>
    public TimeSpan Of(RetentionPart part) => part switch
    {
        RetentionPart.Connections => Connections,
        RetentionPart.Alerts => Alerts,
        RetentionPart.Runs => Runs,
        RetentionPart.RejectedRows => RejectedRows,
        _ => Sessions,
    };
}

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
