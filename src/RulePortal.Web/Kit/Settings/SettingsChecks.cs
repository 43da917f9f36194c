namespace RulePortal.Web.Kit.Settings;

/// <summary>All checks together: every fault of every section in one refusal.</summary>
internal static class SettingsChecks
{
    /// <exception cref="StartRefusedException">The configuration has a fault.</exception>
    public static void Demand(IServiceProvider services)
    {
        var faults = services.GetServices<ISettingsCheck>().SelectMany(c => c.Faults()).Distinct(StringComparer.Ordinal).ToList();
        if (faults.Count > 0)
        {
            throw new StartRefusedException(faults);
        }
    }
}
