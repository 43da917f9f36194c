using RulePortal.Data.Ledger.Late;

namespace RulePortal.Data.Ledger;

/// <summary>One window of a rule in the ledger: (rule, end) is unique, so a window is counted once whatever is started twice.</summary>
public sealed class RuleWindow
{
    /// <summary>Identity.</summary>
    public long Id { get; init; }

    /// <summary>The rule.</summary>
    public required Guid RuleId { get; init; }

    /// <summary>Where the window before ended. UTC.</summary>
    public required DateTime StartUtc { get; set; }

    /// <summary>A multiple of QueryFrequency since 2000-01-01. UTC.</summary>
    public required DateTime EndUtc { get; init; }

    /// <summary>Where it stands.</summary>
    public WindowStatus Status { get; set; }

    /// <summary>Attempts begun.</summary>
    public int AttemptCount { get; set; }

    /// <summary>Not to be tried before this instant, or null. UTC.</summary>
    public DateTime? NotBeforeUtc { get; set; }

    /// <summary>Whether a person let it alert however many result rows it has: it does not hold the rule again.</summary>
    public bool IsHoldWaived { get; set; }

    /// <summary>When it was last handed to the job queue, or null; only keeps the queue from filling with repeats. UTC.</summary>
    public DateTime? DispatchedUtc { get; set; }

    /// <summary>Who holds the lease, or null.</summary>
    public string? LeaseOwner { get; set; }

    /// <summary>When the lease runs out, or null. UTC.</summary>
    public DateTime? LeaseUntilUtc { get; set; }

    /// <summary>Counts the leases: a worker whose token is no longer this one has lost its lease and cannot commit.</summary>
    public int FencingToken { get; set; }

    /// <summary>The last attempt's sentence.</summary>
    public string? Outcome { get; set; }

    /// <summary>Where the detector's own window began at the last evaluation, or null when none looked. UTC.</summary>
    public DateTime? ReadFromUtc { get; set; }

    /// <summary>Where its history began at the last evaluation, or null when none looked. UTC.</summary>
    public DateTime? LookbackFromUtc { get; set; }

    /// <summary>Highest batch sequence the last evaluation saw, or null when none looked.</summary>
    public long? SeenBatchSeq { get; set; }

    /// <summary>The last batch with rows for this window that was stored since a worker began with it, or null.</summary>
    public long? LateBatchSeq { get; set; }

    /// <summary>The last batch that was withdrawn from what the evaluation read, or null.</summary>
    public long? WithdrawnBatchSeq { get; set; }

    /// <summary>What the rows that came or went since would change, or null when none did.</summary>
    public LateVerdict? LateVerdict { get; set; }

    /// <summary>The verdict in words, or null while it is pending.</summary>
    public string? LateSentence { get; set; }
}

/// <summary>Where a window stands in the ledger.</summary>
public enum WindowStatus
{
    /// <summary>To be evaluated, or to be tried again.</summary>
    Due = 0,

    /// <summary>Some worker holds its lease.</summary>
    Running = 1,

    /// <summary>Evaluated.</summary>
    Succeeded = 2,

    /// <summary>Given up: a fault of the rule itself.</summary>
    Failed = 3,

    /// <summary>Beyond the catch-up limit; never evaluated.</summary>
    Skipped = 4,

    /// <summary>Not evaluated: the rule was silent after an alert.</summary>
    Suppressed = 5,

    /// <summary>The source sent nothing for it, which is not the same as no findings.</summary>
    NoData = 6,

    /// <summary>Not alerted on: it holds its rule until a person decides.</summary>
    Held = 7,
}
