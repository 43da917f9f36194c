namespace RulePortal.Data.Alerts;

/// <summary>What happened to an alert.</summary>
public enum ActivityKind
{
    /// <summary>The rule raised it.</summary>
    Raised = 0,

    /// <summary>Taken up.</summary>
    Acknowledged = 1,

    /// <summary>The owner changed.</summary>
    Assigned = 2,

    /// <summary>Closed with a classification.</summary>
    Closed = 3,

    /// <summary>Opened again.</summary>
    Reopened = 4,

    /// <summary>A comment.</summary>
    Commented = 5,

    /// <summary>A later attempt at the same window found further result rows.</summary>
    RowsAdded = 6,

    /// <summary>Pinned, or its pin was changed.</summary>
    Pinned = 7,

    /// <summary>Its pin was taken off.</summary>
    Unpinned = 8,
}
