namespace RulePortal.Data.Rules;

/// <summary>A scheduled analytics rule: what changes without a new version. What it says is in its versions.</summary>
public sealed class AnalyticsRule
{
    private AnalyticsRule()
    {
    }

    /// <summary>Makes a rule whose first version is 1.</summary>
    public AnalyticsRule(Guid id, string name, bool enabled, DateTime nowUtc)
    {
        Id = id;
        Name = name;
        Enabled = enabled;
        EvaluateFromUtc = nowUtc;
        CreatedUtc = nowUtc;
    }

    /// <summary>Identity; never changes.</summary>
    public Guid Id { get; private set; }

    /// <summary>Name of the current version.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether windows are made and evaluated.</summary>
    public bool Enabled { get; private set; }

    /// <summary>Number of the current <see cref="RuleVersion"/>, from 1.</summary>
    public int CurrentVersion { get; private set; } = 1;

    /// <summary>When it was made. UTC.</summary>
    public DateTime CreatedUtc { get; private set; }

    /// <summary>Windows begin here: the moment the rule was enabled or re-enabled. UTC.</summary>
    public DateTime EvaluateFromUtc { get; private set; }

    /// <summary>End of the last window put into the ledger since <see cref="EvaluateFromUtc"/>, or null. UTC.</summary>
    public DateTime? PlannedToUtc { get; private set; }

    /// <summary>Faults of the rule itself, in a row.</summary>
    public int ConsecutiveFailures { get; private set; }

    /// <summary>Why the portal disabled the rule, or null.</summary>
    public string? AutoDisabledReason { get; private set; }

    /// <summary>The window that holds the rule until a person decides, or null; no window is evaluated meanwhile.</summary>
    public long? HeldWindowId { get; private set; }

    /// <summary>End of that window, or null. UTC.</summary>
    public DateTime? HeldWindowEndUtc { get; private set; }

    /// <summary>Its result rows, or null.</summary>
    public int? HeldResultCount { get; private set; }

    /// <summary>Since when it holds the rule, or null. UTC.</summary>
    public DateTime? HeldUtc { get; private set; }

    /// <summary>Concurrency token; each change adds one.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Moves to the next rule version.</summary>
    public void Supersede(string name)
    {
        Name = name;
        CurrentVersion++;
        ConsecutiveFailures = 0;
        Version++;
    }

    /// <summary>Notes that a pin on one of its alerts was put, changed or taken off: a save that was judged before has to be judged again.</summary>
    public void PinsChanged() => Version++;

    /// <summary>Starts evaluating from now on; time spent disabled makes no windows.</summary>
    /// <returns>False when it was enabled already.</returns>
    public bool Enable(DateTime nowUtc)
    {
        if (Enabled)
        {
            return false;
        }

        Enabled = true;
        EvaluateFromUtc = nowUtc;
        PlannedToUtc = null;
        ConsecutiveFailures = 0;
        AutoDisabledReason = null;
        Version++;
        return true;
    }

    /// <summary>Stops evaluating.</summary>
    /// <returns>False when it was disabled already.</returns>
    public bool Disable()
    {
        if (!Enabled)
        {
            return false;
        }

        Enabled = false;
        Version++;
        return true;
    }

    /// <summary>Notes that windows up to an instant are in the ledger.</summary>
    public void PlannedTo(DateTime endUtc)
    {
        if (PlannedToUtc is null || endUtc > PlannedToUtc)
        {
            PlannedToUtc = endUtc;
            Version++;
        }
    }

    /// <summary>Starts the ledger earlier, for a demo or an import that asks for it.</summary>
    /// <exception cref="InvalidOperationException">Windows were planned already.</exception>
    public void EvaluateFrom(DateTime instantUtc)
    {
        if (PlannedToUtc is not null)
        {
            throw new InvalidOperationException("The rule's ledger has begun; its start can no longer move.");
        }

        EvaluateFromUtc = instantUtc;
        Version++;
    }

    /// <summary>Has a window hold the rule.</summary>
    /// <exception cref="InvalidOperationException">Another window does already.</exception>
    public void Hold(long windowId, DateTime windowEndUtc, int resultCount, DateTime nowUtc)
    {
        if (HeldWindowId is not null)
        {
            throw new InvalidOperationException("The rule is held by a window already.");
        }

        (HeldWindowId, HeldWindowEndUtc, HeldResultCount, HeldUtc) = (windowId, windowEndUtc, resultCount, nowUtc);
        Version++;
    }

    /// <summary>Ends the hold.</summary>
    /// <returns>The window that held the rule, or null when none did.</returns>
    public long? EndHold()
    {
        if (HeldWindowId is not { } windowId)
        {
            return null;
        }

        (HeldWindowId, HeldWindowEndUtc, HeldResultCount, HeldUtc) = (null, null, null, null);
        Version++;
        return windowId;
    }

    /// <summary>Counts an evaluation that went through.</summary>
    public void Succeeded()
    {
        if (ConsecutiveFailures > 0)
        {
            ConsecutiveFailures = 0;
            Version++;
        }
    }

    /// <summary>Counts a fault of the rule itself and disables it at the limit.</summary>
    /// <returns>True when this fault disabled the rule.</returns>
    public bool Faulted(int limit, string reason)
    {
        ConsecutiveFailures++;
        Version++;
        if (!Enabled || ConsecutiveFailures < limit)
        {
            return false;
        }

        Enabled = false;
        AutoDisabledReason = $"Disabled after {ConsecutiveFailures} faults in a row: {reason}";
        return true;
    }
}
