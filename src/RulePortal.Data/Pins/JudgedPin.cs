using RulePortal.Detection.Pins;

namespace RulePortal.Data.Pins;

/// <summary>How a pin stands under a definition.</summary>
/// <param name="Pin">The pin.</param>
/// <param name="Verdict">Under the definition that was asked about.</param>
/// <param name="InForce">Under the version in force, when the definition breaks it; otherwise null.</param>
public sealed record JudgedPin(RulePin Pin, PinVerdict Verdict, PinVerdict? InForce)
{
    /// <summary>Whether the definition breaks it.</summary>
    public bool IsBroken => Verdict.Standing is PinStanding.Breaks;

    /// <summary>As a version remembers it.</summary>
    public BrokenPin AsBroken() => new(Pin.AlertId, Pin.Pin.Kind, Pin.Title, Pin.WindowEndUtc, Verdict.Why);
}
