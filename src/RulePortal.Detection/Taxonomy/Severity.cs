namespace RulePortal.Detection.Taxonomy;

/// <summary>How much harm an alert stands for, in Sentinel's four steps, ordered from least to most.</summary>
public enum Severity
{
    /// <summary>Worth knowing, no harm by itself.</summary>
    Informational = 0,

    /// <summary>Little immediate harm.</summary>
    Low = 1,

    /// <summary>Some harm, or a limited foothold.</summary>
    Medium = 2,

    /// <summary>Severe harm if it is true.</summary>
    High = 3,
}
