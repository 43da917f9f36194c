using System.Globalization;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Wording;
using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Simulation;

/// <summary>One thing that a what-if can move, and the values it can take.</summary>
/// <param name="Key">The setting's key, such as <c>countryThreshold</c>, or <see cref="TriggerKey"/>.</param>
/// <param name="Label">Its name for people.</param>
/// <param name="Unit">What a value counts, such as <c>rows</c>; empty for a length of time.</param>
/// <param name="Knob">The knob's position, or -1 for the trigger.</param>
/// <param name="IsLookback">Whether it is the knob's lookback and not its threshold.</param>
/// <param name="Values">What it can be, in order: numbers, or ticks of a length of time.</param>
public sealed record WhatIfAxis(string Key, string Label, string Unit, int Knob, bool IsLookback, IReadOnlyList<long> Values)
{
    /// <summary>By how much a near miss is moved at a time.</summary>
    /// <value>Default 1.</value>
    public long Step { get; init; } = 1;

    /// <summary>The key of the trigger's threshold.</summary>
    public const string TriggerKey = "triggerThreshold";

    /// <summary>A value for people, such as "5" or "30d".</summary>
    public string Text(long value) => IsLookback ? DurationText.ForPeople(TimeSpan.FromTicks(value)) : Number(value);

    /// <summary>What a setting has here.</summary>
    public long Of(WhatIfSetting setting)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Knob < 0 ? setting.TriggerThreshold : IsLookback ? setting.Knobs[Knob].Lookback.Ticks : setting.Knobs[Knob].Threshold;
    }

    /// <summary>A setting with another value here.</summary>
    public WhatIfSetting Set(WhatIfSetting setting, long value)
    {
        ArgumentNullException.ThrowIfNull(setting);
        return Knob < 0 ? setting with { TriggerThreshold = (int)value }
            : IsLookback ? setting.WithLookback(Knob, TimeSpan.FromTicks(value))
            : setting.WithThreshold(Knob, value);
    }

    /// <summary>A value as it is written in an address: a number, or an ISO 8601 length of time.</summary>
    public string Write(long value) => IsLookback ? DurationText.ToIso(TimeSpan.FromTicks(value)) : value.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads what <see cref="Write"/> wrote. A lookback has to be one of <see cref="Values"/>, a threshold between the first and the last.</summary>
    public bool TryRead(string text, out long value)
    {
        if (!IsLookback)
        {
            return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && value >= Values[0] && value <= Values[^1];
        }

        var isRead = DurationText.TryParse(text, out var duration, out _);
        value = duration.Ticks;
        return isRead && Values.Contains(value);
    }
}
