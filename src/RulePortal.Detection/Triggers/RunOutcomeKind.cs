namespace RulePortal.Detection.Triggers;

/// <summary>What came of a run.</summary>
public enum RunOutcomeKind
{
    /// <summary>The result rows did not fire, or made nothing to alert on.</summary>
    NoAlert = 0,

    /// <summary>The run raised alerts.</summary>
    Alerted = 1,

    /// <summary>The baseline is too thin: the outcome is recorded and raises no alert.</summary>
    Learning = 2,

    /// <summary>The source sent nothing in the window.</summary>
    NoData = 3,

    /// <summary>The window fell into the silence after an alert and was not evaluated.</summary>
    Suppressed = 4,
}
