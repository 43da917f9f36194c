using RulePortal.Data.Rules;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>One evaluation behind an alert, made again: that which raised it, or one that added rows to it.</summary>
public sealed record ReplayedAttempt
{
    /// <summary>Most <see cref="Differences"/>.</summary>
    public const int MostDifferences = 500;

    /// <summary>The attempt.</summary>
    public required long AttemptId { get; init; }

    /// <summary>Whether it added rows to what an earlier one had found.</summary>
    public required bool IsExtension { get; init; }

    /// <summary>The rule version in force then, which is evaluated again.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>Start of the window. UTC.</summary>
    public required DateTime WindowStartUtc { get; init; }

    /// <summary>End of the window. UTC.</summary>
    public required DateTime WindowEndUtc { get; init; }

    /// <summary>The batches up to this one are read.</summary>
    public required long MaxBatchSeq { get; init; }

    /// <summary>What it came to.</summary>
    public required ReplayVerdict Verdict { get; init; }

    /// <summary>The verdict in words, with its numbers.</summary>
    public required string Sentence { get; init; }

    /// <summary>How much was compared, or null when nothing could be.</summary>
    public ReplayCounts? Counts { get; init; }

    /// <summary>The first of what differs: the evaluation as a whole, then row by row.</summary>
    public IReadOnlyList<ReplayDifference> Differences { get; init; } = [];

    /// <summary>How many things differ.</summary>
    public int DifferenceCount { get; init; }

    /// <summary>Why; empty when nothing differs.</summary>
    public IReadOnlyList<ReplayCause> Causes { get; init; } = [];

    /// <summary>What was not compared, as sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>What evaluating again came to, compared with what is kept. The later, the worse.</summary>
public enum ReplayVerdict
{
    /// <summary>Every row and every number is as it was.</summary>
    Identical = 0,

    /// <summary>What is kept is as it was, and there are as many rows; not every row is kept.</summary>
    IdenticalAsKept = 1,

    /// <summary>Something differs.</summary>
    Different = 2,

    /// <summary>It could not be evaluated again.</summary>
    Impossible = 3,
}
