namespace RulePortal.Detection.Taxonomy;

/// <summary>Why an alert was classified so (Sentinel's closing menu); <see cref="None"/> goes with <see cref="Classification.Undetermined"/> alone.</summary>
public enum ClassificationReason
{
    /// <summary>No reason: undetermined.</summary>
    None = 0,

    /// <summary>Of a true positive.</summary>
    SuspiciousActivity = 1,

    /// <summary>Of a benign positive.</summary>
    SuspiciousButExpected = 2,

    /// <summary>Of a false positive: the rule is wrong.</summary>
    IncorrectAlertLogic = 3,

    /// <summary>Of a false positive: the data are wrong.</summary>
    InaccurateData = 4,
}
