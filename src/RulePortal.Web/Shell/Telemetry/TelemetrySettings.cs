using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Shell.Telemetry;

internal sealed class TelemetrySettings : IPortalSettings
{
    public static string Section => "Telemetry";

    /// <summary>Where a collector takes OTLP; unset, nothing leaves the process.</summary>
    public string? Endpoint { get; set; }

    public TelemetryProtocol Protocol { get; set; } = TelemetryProtocol.HttpProtobuf;

    /// <summary>Headers for the collector, such as a key: <c>name=value</c>, commas between.</summary>
    public string? Headers { get; set; }

    /// <summary>Share of traces that is sent; metrics and logs are always sent whole.</summary>
    public double TraceShare { get; set; } = 1;

    /// <summary>What the portal calls itself.</summary>
    public string ServiceName { get; set; } = "RulePortal";

    public bool IsOn => !string.IsNullOrWhiteSpace(Endpoint);

    /// <summary>Where one kind of signal goes.</summary>
    public Uri AddressOf(string signal)
    {
        var collector = new Uri(Endpoint!.TrimEnd('/') + "/");
        return Protocol is TelemetryProtocol.HttpProtobuf ? new Uri(collector, $"v1/{signal}") : collector;
    }

    public IEnumerable<string> Faults()
    {
        if (IsOn && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"))
        {
            yield return $"Telemetry:Endpoint is '{Endpoint}'; allowed: an address such as http://localhost:4318.";
        }

        // The value may be a secret, so it is not repeated.
        if (!string.IsNullOrWhiteSpace(Headers) && Headers.Split(',').Any(pair => pair.Trim().IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            yield return "Telemetry:Headers cannot be read; allowed: name=value, with commas between several.";
        }

        if (TraceShare is not (>= 0 and <= 1))
        {
            yield return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"Telemetry:TraceShare is {TraceShare}; allowed: 0 to 1.");
        }

        if (string.IsNullOrWhiteSpace(ServiceName))
        {
            yield return "Telemetry:ServiceName is empty; allowed: a name.";
        }
    }
}

internal enum TelemetryProtocol
{
    /// <summary>Protobuf over HTTP; usually port 4318.</summary>
    HttpProtobuf = 0,

    /// <summary>gRPC; usually port 4317.</summary>
    Grpc = 1,
}
