namespace RulePortal.Detection.Scheduling;

/// <summary>When a rule's windows end: at multiples of its QueryFrequency since 2000-01-01 UTC, whenever the rule was made and wherever it runs.</summary>
public readonly record struct QuerySchedule
{
    /// <summary>Where counting starts.</summary>
    public static readonly DateTime Epoch = new(2000, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Makes a schedule.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not longer than zero.</exception>
    public QuerySchedule(TimeSpan frequency)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(frequency, TimeSpan.Zero);
        Frequency = frequency;
    }

    /// <summary>Time between two ends.</summary>
    public TimeSpan Frequency { get; }

    /// <summary>The last end at an instant or before it.</summary>
    public DateTime LastEndAt(DateTime instantUtc)
    {
        var past = (instantUtc - Epoch).Ticks % Frequency.Ticks;
        return instantUtc.AddTicks(past < 0 ? -past - Frequency.Ticks : -past);
    }

    /// <summary>The first end after an instant; an instant that is an end itself is followed by the next one.</summary>
    public DateTime FirstEndAfter(DateTime instantUtc) => LastEndAt(instantUtc) + Frequency;
}
