namespace RulePortal.Data.Alerts;

/// <summary>Whether rules run and data come, as the Overview page shows it.</summary>
/// <param name="EnabledRules">Rules that are evaluated.</param>
/// <param name="Troubles">Rules that fail or are disabled, failing ones first.</param>
/// <param name="NewestRowUtc">TimeGenerated of the newest connection stored, or null when none is. UTC.</param>
/// <param name="Sources">Machines that have reported.</param>
/// <param name="SilentSources">Those of them that have reported nothing in the last <see cref="SilentAfter"/>.</param>
public sealed record OverviewHealth(int EnabledRules, IReadOnlyList<RuleTrouble> Troubles, DateTime? NewestRowUtc, int Sources, int SilentSources)
{
    /// <summary>After how long without a row a machine counts as silent.</summary>
    /// <value>1 hour.</value>
    public static TimeSpan SilentAfter { get; } = TimeSpan.FromHours(1);

    /// <summary>Rules that are evaluated and fail.</summary>
    public int FailingRules => Troubles.Count(trouble => trouble.IsEnabled);

    /// <summary>Rules that are not evaluated.</summary>
    public int DisabledRules => Troubles.Count(trouble => !trouble.IsEnabled);
}
