using System.Reflection;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using RulePortal.Data.Telemetry;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Features.Health;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security;

namespace RulePortal.Web.Shell.Telemetry;

/// <summary>OpenTelemetry: metrics at <c>/metrics</c> always; traces, metrics and logs to a collector when one is named.</summary>
internal static class TelemetryRegistration
{
    private static readonly string[] Meters =
    [
        PortalTelemetry.Name,
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "Microsoft.AspNetCore.Components.Server.Circuits",
        "Microsoft.EntityFrameworkCore",
        "System.Net.Http",
        "System.Runtime",
    ];

    private static readonly List<string> Worthless = ["/health", PortalUrls.Metrics, "/_framework", "/_content"];

    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        builder.Services.AddPortalSettings<TelemetrySettings>();
        builder.Services.AddHostedService<StandingWatch>();
        var settings = builder.Configuration.GetSection(TelemetrySettings.Section).Get<TelemetrySettings>() ?? new TelemetrySettings();
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService(settings.ServiceName, serviceVersion: Version(), serviceInstanceId: $"{Environment.MachineName}/{Environment.ProcessId}"))
            .WithMetrics(metrics => Measure(metrics, settings));
        // A fault of the settings is told, with all others, before anything starts.
        if (settings.IsOn && !settings.Faults().Any())
        {
            telemetry.WithTracing(traces => Trace(traces, settings));
            builder.Logging.AddOpenTelemetry(logs =>
            {
                logs.IncludeScopes = true;
                logs.IncludeFormattedMessage = true;
                logs.AddOtlpExporter(options => Send(options, settings, "logs"));
            });
        }
    }

    public static void MapMetrics(this WebApplication app) =>
        app.MapPrometheusScrapingEndpoint(PortalUrls.Metrics).RequireAuthorization(Policies.CanScrape);

    private static void Measure(MeterProviderBuilder metrics, TelemetrySettings settings)
    {
        metrics.AddMeter(Meters)
            // Unless told otherwise this has a series for each address, port and protocol version of every peer.
            .AddView("http.client.open_connections", MetricStreamConfiguration.Drop)
            .AddPrometheusExporter(options => options.ScrapeResponseCacheDurationMilliseconds = 1000);
        if (settings.IsOn && !settings.Faults().Any())
        {
            metrics.AddOtlpExporter(options => Send(options, settings, "metrics"));
        }
    }

    private static void Trace(TracerProviderBuilder traces, TelemetrySettings settings) => traces
        .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(settings.TraceShare)))
        .AddSource(PortalTelemetry.Name, "Microsoft.AspNetCore.Components", "Microsoft.AspNetCore.Components.Server.Circuits")
        .AddAspNetCoreInstrumentation(options => options.Filter = context => IsWorthATrace(context.Request.Path))
        .AddHttpClientInstrumentation()
        .AddSqlClientInstrumentation()
        .AddOtlpExporter(options => Send(options, settings, "traces"));

    // Probes, scrapes and files say nothing and would drown the rest.
    private static bool IsWorthATrace(PathString path) => !Worthless.Exists(start => path.StartsWithSegments(start, StringComparison.OrdinalIgnoreCase));

    private static void Send(OtlpExporterOptions options, TelemetrySettings settings, string signal)
    {
        options.Protocol = settings.Protocol is TelemetryProtocol.Grpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Endpoint = settings.AddressOf(signal);
        options.Headers = string.IsNullOrWhiteSpace(settings.Headers) ? null : settings.Headers;
        // What is left is sent when the process ends; a collector that is away must not hold it up for long.
        options.TimeoutMilliseconds = 5_000;
    }

    private static string Version() => typeof(TelemetryRegistration).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0";
}
