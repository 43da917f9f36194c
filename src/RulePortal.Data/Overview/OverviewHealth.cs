using RulePortal.Data.Rules;

namespace RulePortal.Data.Overview;

/// <summary>Whether rules run and data come, as the Overview page shows it.</summary>
/// <param name="EnabledRules">Rules that are evaluated.</param>
/// <param name="Troubles">Rules that are held, fail or are disabled, held ones first.</param>
/// <param name="NewestRowUtc">TimeGenerated of the newest connection stored, or null when none is. UTC.</param>
/// <param name="Sources">Machines that have reported.</param>
/// <param name="SilentSources">Those of them that have reported nothing for longer than is expected of them.</param>
/// <param name="NoDataRules">Enabled rules whose last window had no rows, which is not the same as no findings.</param>
/// <param name="LearningRules">Enabled rules whose baseline was too thin for alerts when they last ran.</param>
public sealed record OverviewHealth(
    int EnabledRules, IReadOnlyList<RuleTrouble> Troubles, DateTime? NewestRowUtc, int Sources, int SilentSources, int NoDataRules, int LearningRules)
{
    /// <summary>Rules that are evaluated and fail.</summary>
    public int FailingRules => Troubles.Count(trouble => trouble is { IsEnabled: true, IsHeld: false });

    /// <summary>Rules that wait for a person.</summary>
    public int HeldRules => Troubles.Count(trouble => trouble.IsHeld);

    /// <summary>Rules that are not evaluated.</summary>
    public int DisabledRules => Troubles.Count(trouble => !trouble.IsEnabled);
}

/// <summary>A rule that fails, is held or is disabled.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="IsEnabled">Whether it is evaluated all the same.</param>
/// <param name="Reason">What is the matter, or null when a person disabled it.</param>
/// <param name="IsHeld">Whether it waits for a person to decide of a window with very many result rows.</param>
public sealed record RuleTrouble(RuleReference Rule, bool IsEnabled, string? Reason, bool IsHeld = false);
