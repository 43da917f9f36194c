using System.Net;

namespace RulePortal.Web.Security;

/// <summary>The addresses the configuration has the server listen on, under every key that can say so.</summary>
internal static class ListeningAddresses
{
    public static IEnumerable<(string Key, string Address)> Of(IConfiguration configuration)
    {
        foreach (var address in Parts(configuration["urls"]))
        {
            yield return ("urls", address);
        }

        foreach (var key in new[] { "http_ports", "https_ports" })
        {
            // Ports alone mean every interface.
            foreach (var port in Parts(configuration[key]))
            {
                yield return (key, "*:" + port);
            }
        }

        foreach (var endpoint in configuration.GetSection("Kestrel:Endpoints").GetChildren())
        {
            yield return ($"Kestrel:Endpoints:{endpoint.Key}:Url", endpoint["Url"] ?? "");
        }
    }

    /// <summary>Whether an address such as <c>http://127.0.0.1:5080</c> can be reached from this machine alone.</summary>
    public static bool IsLoopback(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme is "http" or "https")
        && IsLoopbackHost(uri.Host);

    /// <summary>Whether a host name, as in a Host header without its port, is this machine's own.</summary>
    public static bool IsLoopbackHost(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host.Trim('[', ']'), out var ip) && IPAddress.IsLoopback(ip));

    private static string[] Parts(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
