using RulePortal.Detection.Connections;

namespace RulePortal.Data.Ledger;

/// <summary>What an evaluation came to, before it is written.</summary>
/// <param name="Window">The window the detector looked at.</param>
/// <param name="Outcome">How it ended; <see cref="AttemptOutcome.Alerted"/> when the trigger held, whether or not it was alerted before.</param>
/// <param name="Sentence">The outcome in words, with its numbers.</param>
/// <param name="MaxBatchSeq">Highest batch sequence it saw, or null when it read nothing.</param>
/// <param name="ResultCount">Result rows, or null when it did not look.</param>
/// <param name="BaselineDays">Days of the lookback that have rows, or null when it did not look.</param>
/// <param name="LookbackDays">Days looked back.</param>
/// <param name="Drafts">The alerts asked for.</param>
/// <param name="LookbackFromUtc">Where the history it compared with begins, or null when it had none. UTC.</param>
/// <param name="Hold">What is said in place of <paramref name="Sentence"/> when there is something new to alert on and the rule is held first; null when it may alert by itself.</param>
public sealed record EvaluatedWindow(
    TimeRange Window,
    AttemptOutcome Outcome,
    string Sentence,
    long? MaxBatchSeq,
    int? ResultCount,
    int? BaselineDays,
    int? LookbackDays,
    IReadOnlyList<AlertDraft> Drafts,
    DateTime? LookbackFromUtc = null,
    string? Hold = null)
{
    /// <summary>What was not counted in the lookbacks.</summary>
    public IReadOnlyList<KeptOutRows> KeptOut { get; init; } = [];

    /// <summary>Whether more alerts had rows than were kept out.</summary>
    public bool IsKeptOutCut { get; init; }
}
