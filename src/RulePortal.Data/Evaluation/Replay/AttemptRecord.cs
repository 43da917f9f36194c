namespace RulePortal.Data.Evaluation.Replay;

/// <summary>What an attempt wrote of itself.</summary>
/// <param name="StartedUtc">When it began. UTC.</param>
/// <param name="ResultCount">Result rows it found.</param>
/// <param name="BaselineDays">Days of the lookback that had rows.</param>
internal sealed record AttemptRecord(DateTime StartedUtc, int? ResultCount, int? BaselineDays);
