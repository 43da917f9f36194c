using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Simulation;

/// <summary>One setting of everything that a what-if can move.</summary>
/// <param name="Knobs">A value for each knob of the pass; lookbacks are among those of the pass.</param>
/// <param name="TriggerThreshold">What the number of result rows is compared with.</param>
public sealed record WhatIfSetting(IReadOnlyList<KnobValue> Knobs, int TriggerThreshold)
{
    /// <summary>The same with one knob's threshold moved.</summary>
    public WhatIfSetting WithThreshold(int knob, long threshold) => this with { Knobs = [.. Knobs.Select((value, index) => index == knob ? value with { Threshold = threshold } : value)] };

    /// <summary>The same with one knob's lookback changed.</summary>
    public WhatIfSetting WithLookback(int knob, TimeSpan lookback) => this with { Knobs = [.. Knobs.Select((value, index) => index == knob ? value with { Lookback = lookback } : value)] };

    /// <inheritdoc/>
    public bool Equals(WhatIfSetting? other) => other is not null && TriggerThreshold == other.TriggerThreshold && Knobs.SequenceEqual(other.Knobs);

    /// <inheritdoc/>
    public override int GetHashCode() => Knobs.Aggregate(TriggerThreshold, HashCode.Combine);
}
