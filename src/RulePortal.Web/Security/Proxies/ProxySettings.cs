using System.Net;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Proxies;

/// <summary>Whom the portal believes where a request came from.</summary>
internal sealed class ProxySettings : IPortalSettings
{
    public static string Section => "Proxies";

    /// <summary>Addresses and networks of the proxies in front, separated by semicolons; empty for none.</summary>
    public string Trusted { get; set; } = "";

    public IReadOnlyList<IPNetwork> Networks => [.. Parts.Select(Parse).OfType<IPNetwork>()];

    private string[] Parts => Trusted.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public IEnumerable<string> Faults()
    {
        foreach (var part in Parts.Where(part => Parse(part) is null))
        {
            yield return $"Proxies:Trusted has '{part}'; allowed: addresses such as 10.0.0.4 and networks such as 10.0.0.0/24, separated by semicolons.";
        }

        foreach (var part in Parts.Where(part => Parse(part) is { PrefixLength: 0 }))
        {
            yield return $"Proxies:Trusted has '{part}', which is everybody: whoever sends the header would choose their address. Name the proxies.";
        }
    }

    private static IPNetwork? Parse(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
