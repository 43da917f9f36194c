namespace RulePortal.Detection.Pins;

/// <summary>How a pin stands under a definition.</summary>
public enum PinStanding
{
    /// <summary>The definition does what the pin demands.</summary>
    Holds = 0,

    /// <summary>It does not.</summary>
    Breaks = 1,

    /// <summary>It cannot be told.</summary>
    CannotBeJudged = 2,
}
