namespace RulePortal.Data.Ledger.Gaps;

/// <summary>A gap with how far it is filled.</summary>
/// <param name="Id">Identity.</param>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleName">Its name today.</param>
/// <param name="StartUtc">Start of its first window. UTC.</param>
/// <param name="EndUtc">End of its last window. UTC.</param>
/// <param name="NoticedUtc">When it was noticed or asked for. UTC.</param>
/// <param name="Cause">Why there is a gap.</param>
/// <param name="ActorName">Who asked.</param>
/// <param name="Unfilled">Windows that wait.</param>
/// <param name="Filling">Windows that are being evaluated.</param>
/// <param name="Filled">Windows that were evaluated.</param>
/// <param name="Skipped">Windows that are never evaluated unless a person asks: beyond the catch-up limit, or of a time when the rule was disabled.</param>
/// <param name="Failed">Windows given up.</param>
public sealed record RuleGapRow(
    long Id,
    Guid RuleId,
    string RuleName,
    DateTime StartUtc,
    DateTime EndUtc,
    DateTime NoticedUtc,
    GapCause Cause,
    string ActorName,
    int Unfilled,
    int Filling,
    int Filled,
    int Skipped,
    int Failed)
{
    /// <summary>Where it stands as a whole.</summary>
    public GapState State =>
        Filling > 0 || (Unfilled > 0 && Filled > 0) ? GapState.Filling
        : Unfilled > 0 ? GapState.Unfilled
        : Filled > 0 || Skipped + Failed == 0 ? GapState.Filled
        : GapState.Skipped;
}
