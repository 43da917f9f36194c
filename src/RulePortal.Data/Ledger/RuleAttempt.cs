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
