using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Proxies;

/// <summary>Refuses the framework's own switch, which believes everybody.</summary>
internal sealed class ProxyCheck(IConfiguration configuration) : ISettingsCheck
{
    public IEnumerable<string> Faults()
    {
        if (configuration.GetValue("ForwardedHeaders_Enabled", defaultValue: false))
        {
            yield return "ASPNETCORE_FORWARDEDHEADERS_ENABLED is true, which believes whoever sends the header where a request came from. Unset it and name the proxies in Proxies:Trusted.";
        }
    }
}
