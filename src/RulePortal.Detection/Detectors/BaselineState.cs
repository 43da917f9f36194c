namespace RulePortal.Detection.Detectors;

/// <summary>Whether a rule still finds what it found once.</summary>
public enum BaselineState
{
    /// <summary>It still does, and more rows are needed for it to become ordinary.</summary>
    Found = 0,

    /// <summary>The rows that make it ordinary are there, and the first window that looks back on them is still to end.</summary>
    Becoming = 1,

    /// <summary>It is ordinary: windows that ended did not find it any more.</summary>
    Ordinary = 2,

    /// <summary>It could not be worked out within bounds.</summary>
    Unknown = 3,
}
