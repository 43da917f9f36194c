using RulePortal.Detection.Rules;

namespace RulePortal.Data.Rules;

/// <summary>A rule with its version in force.</summary>
/// <param name="Id">Identity.</param>
/// <param name="Version">Number of the version in force.</param>
/// <param name="Definition">What that version says.</param>
/// <param name="Enabled">Whether windows are made and evaluated.</param>
/// <param name="AutoDisabledReason">Why the portal disabled it, or null.</param>
/// <param name="EvaluateFromUtc">Where its windows begin. UTC.</param>
/// <param name="PlannedToUtc">End of its last window in the ledger, or null. UTC.</param>
/// <param name="SavedUtc">When the version in force was saved. UTC.</param>
/// <param name="SavedBy">Who saved it.</param>
/// <param name="Hold">Why it waits for a person, or null.</param>
public sealed record RuleSnapshot(
    Guid Id,
    int Version,
    RuleDefinition Definition,
    bool Enabled,
    string? AutoDisabledReason,
    DateTime EvaluateFromUtc,
    DateTime? PlannedToUtc,
    DateTime SavedUtc,
    string SavedBy,
    RuleHold? Hold = null);

/// <summary>Why a rule waits for a person.</summary>
/// <param name="WindowId">The window that made more result rows than the rule may alert on by itself.</param>
/// <param name="WindowEndUtc">Its end. UTC.</param>
/// <param name="ResultCount">Its result rows.</param>
/// <param name="SinceUtc">Since when. UTC.</param>
public sealed record RuleHold(long WindowId, DateTime WindowEndUtc, int ResultCount, DateTime SinceUtc)
{
    internal static RuleHold? Of(AnalyticsRule rule) => rule is { HeldWindowId: { } window, HeldWindowEndUtc: { } end, HeldResultCount: { } count, HeldUtc: { } since } ? new(window, end, count, since) : null;
}

/// <summary>A rule that has raised alerts.</summary>
/// <param name="Id">The rule.</param>
/// <param name="Name">Its name when it last raised one.</param>
public sealed record RuleReference(Guid Id, string Name);
