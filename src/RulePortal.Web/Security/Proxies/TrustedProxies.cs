using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.Extensions.Options;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Proxies;

/// <summary>Takes the client's address and scheme from the proxies that are named, and from nobody else.</summary>
internal static class TrustedProxies
{
    public static void AddTrustedProxies(this IServiceCollection services)
    {
        services.AddPortalSettings<ProxySettings>();
        services.AddSingleton<ISettingsCheck, ProxyCheck>();
    }

    public static void UseTrustedProxies(this WebApplication app)
    {
        var networks = app.Services.GetRequiredService<IOptions<ProxySettings>>().Value.Networks;
        if (networks.Count == 0)
        {
            return;
        }

        // As many hops as are named, and not one more.
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto, ForwardLimit = null };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var network in networks)
        {
            options.KnownIPNetworks.Add(network);
        }

        app.UseForwardedHeaders(options);
    }
}
