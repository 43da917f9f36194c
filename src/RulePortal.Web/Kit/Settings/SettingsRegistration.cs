namespace RulePortal.Web.Kit.Settings;

internal static class SettingsRegistration
{
    /// <summary>Binds a section to <typeparamref name="T"/> and has it checked at start.</summary>
    public static IServiceCollection AddPortalSettings<T>(this IServiceCollection services)
        where T : class, IPortalSettings, new()
    {
        services.AddOptions<T>().BindConfiguration(T.Section);
        services.AddSingleton<ISettingsCheck, SettingsCheck<T>>();
        return services;
    }
}

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
