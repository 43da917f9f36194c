using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Scheduling;

/// <summary>Which windows of a rule are due: a function of its schedule, of the last window in the ledger, and of the clock.</summary>
/// <remarks>
/// Windows of the ledger follow each other without gap or overlap: each starts where the one before ended, the first at <see cref="EvaluateFromUtc"/>,
/// and ends at the next multiple of the frequency. After a change of QueryFrequency ends are multiples of the new one, so the first window
/// may be shorter than the rest and is never longer. That is what the ledger covers; what a detector reads for it is its own window
/// length, back from the window's end.
/// </remarks>
public sealed record WindowPlan
{
    /// <summary>The rule's QueryFrequency now in force.</summary>
    public required QuerySchedule Schedule { get; init; }

    /// <summary>When the rule was enabled, or last enabled again: no window starts earlier. UTC.</summary>
    public required DateTime EvaluateFromUtc { get; init; }

    /// <summary>End of the last window in the ledger, under whatever frequency, or null when there is none. UTC.</summary>
    public DateTime? LastEndUtc { get; init; }

    /// <summary>How long after its end a window is due, so that late rows are in.</summary>
    /// <value>Default 5 minutes.</value>
    public TimeSpan IngestionDelay { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How old the end of a window may be when it is planned; an older one is skipped.</summary>
    /// <value>Default 7 days.</value>
    public TimeSpan CatchUpLimit { get; init; } = TimeSpan.FromDays(7);

    /// <summary>The window after the last one in the ledger, due or not.</summary>
    public TimeRange Next => After(LastEndUtc is { } last && last > EvaluateFromUtc ? last : EvaluateFromUtc);

    /// <summary>When <see cref="Next"/> is due.</summary>
    public DateTime NextDueUtc => Next.EndUtc + IngestionDelay;

    /// <summary>The windows to enter into the ledger, oldest first.</summary>
    /// <param name="nowUtc">The clock; one that was set back gives no windows until it has caught up.</param>
    /// <returns>A sequence made as it is read: after a year off, a rule that runs every 5 minutes has 105,000.</returns>
    public IEnumerable<PlannedWindow> DueAt(DateTime nowUtc)
    {
        for (var window = Next; nowUtc - window.EndUtc >= IngestionDelay; window = After(window.EndUtc))
        {
            yield return new PlannedWindow(window, IsSkipped: nowUtc - window.EndUtc > CatchUpLimit);
        }
    }

    private TimeRange After(DateTime startUtc) => new(startUtc, Schedule.FirstEndAfter(startUtc));
}
