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
