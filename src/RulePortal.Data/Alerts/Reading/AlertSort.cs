using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>What a list of alerts is ordered by; ties go to the alert raised last.</summary>
public enum AlertSort
{
    /// <summary>When it was raised.</summary>
    Raised = 0,

    /// <summary>How much harm it stands for.</summary>
    Severity = 1,

    /// <summary>New, Active, Closed.</summary>
    Status = 2,

    /// <summary>Its title.</summary>
    Title = 3,

    /// <summary>Its rule's name.</summary>
    Rule = 4,

    /// <summary>Its owner's name; nobody first.</summary>
    Owner = 5,
}
