namespace RulePortal.Data.Alerts;

/// <summary>Where an alert stands in triage (Sentinel's incident status).</summary>
public enum AlertStatus
{
    /// <summary>Nobody has taken it up.</summary>
    New = 0,

    /// <summary>Acknowledged.</summary>
    Active = 1,

    /// <summary>Done, with a classification.</summary>
    Closed = 2,
}
