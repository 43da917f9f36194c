using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;

namespace RulePortal.Data.Ledger;

/// <summary>One evaluation of a window.</summary>
public sealed class RuleAttempt
{
    /// <summary>Identity.</summary>
    public long Id { get; init; }

    /// <summary>The window.</summary>
    public required long WindowId { get; init; }

    /// <summary>The rule.</summary>
    public required Guid RuleId { get; init; }

    /// <summary>The window's end. UTC.</summary>
    public required DateTime WindowEndUtc { get; init; }

    /// <summary>Why it was made.</summary>
    public required AttemptKind Kind { get; init; }

    /// <summary>The rule version in force at its start.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>The lease under which it ran.</summary>
    public required int FencingToken { get; init; }

    /// <summary>Who asked: <see cref="Auditing.Actor.Name"/>.</summary>
    public required string ActorName { get; init; }

    /// <summary>When it began. UTC.</summary>
    public required DateTime StartedUtc { get; init; }

    /// <summary>When it ended, or null. UTC.</summary>
    public DateTime? EndedUtc { get; set; }

    /// <summary>How it ended.</summary>
    public AttemptOutcome Outcome { get; set; }

    /// <summary>The outcome as a sentence with its numbers.</summary>
    public string Sentence { get; set; } = "";

    /// <summary>What went wrong, or null.</summary>
    public string? Error { get; set; }

    /// <summary>Highest batch sequence it saw.</summary>
    public long? MaxBatchSeq { get; set; }

    /// <summary>Result rows found.</summary>
    public int? ResultCount { get; set; }

    /// <summary>Alerts raised.</summary>
    public int AlertCount { get; set; }

    /// <summary>Days of the lookback that have rows.</summary>
    public int? BaselineDays { get; set; }

    /// <summary>Days looked back.</summary>
    public int? LookbackDays { get; set; }

    /// <summary>How many <see cref="AttemptExclusion"/> it has: spans whose rows it did not count.</summary>
    public int ExclusionCount { get; set; }

    /// <summary>Whether more alerts had rows than it kept out.</summary>
    public bool IsExclusionCut { get; set; }
}

/// <summary>Why an attempt was made.</summary>
public enum AttemptKind
{
    /// <summary>The window came due.</summary>
    Scheduled = 0,

    /// <summary>An earlier attempt failed or was lost.</summary>
    Retry = 1,

    /// <summary>A person asked.</summary>
    RunNow = 2,

    /// <summary>A missed window, filled.</summary>
    Backfill = 3,

    /// <summary>Rows came late.</summary>
    LateData = 4,
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    /// <summary>Not ended, or its worker was lost.</summary>
    Running = 0,

    /// <summary>Raised or added to alerts.</summary>
    Alerted = 1,

    /// <summary>Evaluated; the trigger did not hold.</summary>
    BelowThreshold = 2,

    /// <summary>The trigger held, and everything found was alerted before.</summary>
    AlreadyAlerted = 3,

    /// <summary>The baseline is too thin; no alert.</summary>
    Learning = 4,

    /// <summary>The window has no rows.</summary>
    NoData = 5,

    /// <summary>Silent after an alert.</summary>
    Suppressed = 6,

    /// <summary>A fault that will be tried again.</summary>
    TransientFault = 7,

    /// <summary>A fault of the rule itself.</summary>
    RuleFault = 8,

    /// <summary>The lease ran out before the end; nothing was written.</summary>
    LeaseLost = 9,

    /// <summary>More result rows than the rule may alert on by itself; nothing was alerted.</summary>
    Held = 10,
}
