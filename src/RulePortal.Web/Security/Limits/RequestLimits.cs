using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Claims;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Limits;

/// <summary>How often, how much and how long a request may be.</summary>
internal static class RequestLimits
{
    /// <summary>Most bytes of a request's body; the endpoint that takes connections has its own limit.</summary>
    public const long MaxBody = 1024 * 1024;

    private const int NetworkBytes = 8;
    private static readonly TimeSpan SlowStart = TimeSpan.FromSeconds(10);

    public static void AddRequestLimits(this WebApplicationBuilder builder)
    {
        builder.Services.AddPortalSettings<LimitSettings>();
        builder.Services.AddSingleton<FailureLimit>();
        builder.Services.AddSingleton<EvaluationTurns>();
        builder.Services.AddSingleton<ExportTurns>();
        builder.Services.AddSingleton<OpenPages>();
        builder.Services.AddScoped(services => new OpenPage(services.GetRequiredService<OpenPages>()));
        builder.Services.AddRateLimiter(_ => { });
        builder.Services.AddRequestTimeouts();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            var slowest = kestrel.ApplicationServices.GetRequiredService<IOptions<LimitSettings>>().Value.SlowestBodyBytesPerSecond;
            kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(slowest, SlowStart);
        });
    }

    /// <summary>Before anybody is asked who they are: finding that out costs a query.</summary>
    public static void UseAddressLimit(this WebApplication app) =>
        Use(app, Settings(app).RequestsPerMinutePerAddress, "this address", context => Network(context.Connection.RemoteIpAddress));

    /// <summary>Once the caller is known. Whoever is not is counted by address alone.</summary>
    public static void UseCallerLimit(this WebApplication app)
    {
        Use(app, Settings(app).RequestsPerMinutePerCaller, "this caller", Caller);
        // A page that reconnects may have its old connection beside the new one for a while.
        var most = Settings(app).PagesPerPerson * 2;
        app.UseRateLimiter(new RateLimiterOptions
        {
            GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => IsConnection(context.Request)
                ? RateLimitPartition.GetConcurrencyLimiter(CallerOf(context), _ => new ConcurrencyLimiterOptions { PermitLimit = most, QueueLimit = 0 })
                : RateLimitPartition.GetNoLimiter("")),
            OnRejected = (rejected, _) => new ValueTask(Problems.WriteAsync(
                rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Too many connections", $"This caller holds {most:N0} connections. Close some of its pages.")),
        });
    }

    /// <summary>Whether a request asks for a connection that stays, as a WebSocket does.</summary>
    public static bool IsConnection(HttpRequest request) => request.Headers.Upgrade.Count > 0 || HttpMethods.IsConnect(request.Method);

    /// <summary>By whom a request is counted: the key, the program or the person, else the address.</summary>
    public static string CallerOf(HttpContext context) => Caller(context) ?? Network(context.Connection.RemoteIpAddress);

    private static string? Caller(HttpContext context) => context.User.FindFirstValue(PortalPrincipal.ActorClaim);

    /// <summary>What counts as one address: for IPv6 the network that one subscriber has.</summary>
    public static string Network(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.AddressFamily is not AddressFamily.InterNetworkV6 || address.IsIPv4MappedToIPv6)
        {
            return (address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address).ToString();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes) + "/64";
    }

    private static void Use(WebApplication app, int perMinute, string whose, Func<HttpContext, string?> partition) => app.UseRateLimiter(new RateLimiterOptions
    {
        GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context => partition(context) is { } key
            ? RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
            {
                TokenLimit = perMinute,
                TokensPerPeriod = perMinute / 60,
                ReplenishmentPeriod = TimeSpan.FromSeconds(1),
            })
            : RateLimitPartition.GetNoLimiter("")),
        OnRejected = (rejected, _) =>
        {
            var wait = rejected.Lease.TryGetMetadata(MetadataName.RetryAfter, out var after) ? Math.Max(1, (int)Math.Ceiling(after.TotalSeconds)) : 1;
            rejected.HttpContext.Response.Headers.RetryAfter = wait.ToString(CultureInfo.InvariantCulture);
            return new ValueTask(Problems.WriteAsync(rejected.HttpContext, StatusCodes.Status429TooManyRequests, "Too many requests", $"There were more than {perMinute:N0} requests a minute from {whose}. Try again in {wait} s."));
        },
    });

    private static LimitSettings Settings(WebApplication app) => app.Services.GetRequiredService<IOptions<LimitSettings>>().Value;
}
