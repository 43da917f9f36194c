namespace RulePortal.Detection.Taxonomy;

/// <summary>A classification with its reason: one of the five that Sentinel offers when an alert is closed.</summary>
/// <param name="Classification">What it turned out to be.</param>
/// <param name="Reason">Why.</param>
public sealed record ClosingVerdict(Classification Classification, ClassificationReason Reason)
{
    /// <summary>The five verdicts, in the order the closing menu shows them.</summary>
    public static IReadOnlyList<ClosingVerdict> All { get; } =
    [
        new(Classification.TruePositive, ClassificationReason.SuspiciousActivity),
        new(Classification.BenignPositive, ClassificationReason.SuspiciousButExpected),
        new(Classification.FalsePositive, ClassificationReason.IncorrectAlertLogic),
        new(Classification.FalsePositive, ClassificationReason.InaccurateData),
        new(Classification.Undetermined, ClassificationReason.None),
    ];

    /// <summary>Whether this pair is one of the five.</summary>
    public bool IsAllowed => All.Contains(this);

    /// <summary>The verdict as a person reads it, such as "True positive - suspicious activity".</summary>
    public string DisplayName => (Classification, Reason) switch
    {
        (Classification.TruePositive, _) => "True positive - suspicious activity",
        (Classification.BenignPositive, _) => "Benign positive - suspicious but expected",
        (Classification.FalsePositive, ClassificationReason.IncorrectAlertLogic) => "False positive - incorrect alert logic",
        (Classification.FalsePositive, _) => "False positive - inaccurate data",
        _ => "Undetermined",
    };
}
