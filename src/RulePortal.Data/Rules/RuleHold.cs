namespace RulePortal.Data.Rules;

/// <summary>Why a rule waits for a person.</summary>
/// <param name="WindowId">The window that made more result rows than the rule may alert on by itself.</param>
/// <param name="WindowEndUtc">Its end. UTC.</param>
/// <param name="ResultCount">Its result rows.</param>
/// <param name="SinceUtc">Since when. UTC.</param>
public sealed record RuleHold(long WindowId, DateTime WindowEndUtc, int ResultCount, DateTime SinceUtc)
{
    internal static RuleHold? Of(AnalyticsRule rule) => rule is { HeldWindowId: { } window, HeldWindowEndUtc: { } end, HeldResultCount: { } count, HeldUtc: { } since } ? new(window, end, count, since) : null;
}
