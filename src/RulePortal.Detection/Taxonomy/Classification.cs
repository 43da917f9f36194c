namespace RulePortal.Detection.Taxonomy;

/// <summary>What a closed alert turned out to be (Sentinel's closing menu).</summary>
public enum Classification
{
    /// <summary>Nobody could tell.</summary>
    Undetermined = 0,

    /// <summary>Real and harmful.</summary>
    TruePositive = 1,

    /// <summary>Real and expected.</summary>
    BenignPositive = 2,

    /// <summary>Not what the rule looks for.</summary>
    FalsePositive = 3,
}
