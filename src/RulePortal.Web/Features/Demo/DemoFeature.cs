using RulePortal.Web.Kit.Banners;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.Demo;

/// <summary>Generated connections for whoever wants to look before there are any of their own.</summary>
internal static class DemoFeature
{
    private const string EnabledKey = $"{nameof(Demo)}:{nameof(DemoSettings.Enabled)}";

    /// <summary>Keeps a demo out of the place where real data are kept, unless a place was named.</summary>
    public static void UseDemoDirectory(this ConfigurationManager configuration)
    {
        if (bool.TryParse(configuration[EnabledKey], out var enabled) && enabled
            && string.IsNullOrWhiteSpace(configuration[StorageSettings.DirectoryKey])
            && StorageSettings.DefaultDirectory is { Length: > 0 } directory)
        {
            configuration[StorageSettings.DirectoryKey] = Path.Combine(directory, "demo");
        }
    }

    public static IServiceCollection AddDemoFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<DemoSettings>();
        services.AddSingleton<DemoStore>();
        services.AddSingleton<IPortalBanner, DemoBanner>();
        services.AddHostedService<DemoService>();
        return services;
    }
}
