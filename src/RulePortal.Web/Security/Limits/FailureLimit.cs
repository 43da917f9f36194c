using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Security.Limits;

/// <summary>
/// How often one address may fail to say who it is. Beyond that nothing it sends is looked up for a while, but for keys and tokens that were good before:
/// a neighbour who guesses stops nobody's programs.
/// </summary>
internal sealed class FailureLimit : IDisposable
{
    private const int MostRemembered = 10_000;
    private static readonly object Refused = new();

    private readonly int perMinute;
    private readonly PartitionedRateLimiter<(Kind Kind, string Network)> limiter;
    private readonly ConcurrentDictionary<string, bool> good = new(StringComparer.Ordinal);

    public FailureLimit(IOptions<LimitSettings> settings)
    {
        perMinute = settings.Value.FailuresPerMinutePerAddress;
        limiter = PartitionedRateLimiter.Create<(Kind Kind, string Network), (Kind, string)>(who => RateLimitPartition.GetTokenBucketLimiter(
            who,
            _ => new TokenBucketRateLimiterOptions { TokenLimit = perMinute, TokensPerPeriod = 1, ReplenishmentPeriod = TimeSpan.FromMinutes(1) / perMinute }));
    }

    /// <summary>What is tried.</summary>
    internal enum Kind
    {
        Credential = 1,
        SignIn = 2,
    }

    /// <summary>Whether a request was refused by <see cref="MayTry"/>, so that it is answered as such.</summary>
    public static bool WasRefused(HttpContext context) => context.Items.ContainsKey(Refused);

    /// <summary>Whether what is sent is worth looking at.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">What is tried.</param>
    /// <param name="credential">The key or token; null for a sign-in.</param>
    public bool MayTry(HttpContext context, Kind kind, string? credential = null)
    {
        var left = limiter.GetStatistics(Who(context, kind))?.CurrentAvailablePermits;
        if (left != 0 || (credential is not null && good.ContainsKey(Hash(credential))))
        {
            return true;
        }

        context.Items[Refused] = Refused;
        return false;
    }

    public void Failed(HttpContext context, Kind kind) => limiter.AttemptAcquire(Who(context, kind)).Dispose();

    public void Succeeded(string credential)
    {
        if (good.Count >= MostRemembered)
        {
            good.Clear();
        }

        good[Hash(credential)] = true;
    }

    /// <summary>The answer to a request that was refused.</summary>
    public Task WriteAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = Math.Ceiling(60d / perMinute).ToString(CultureInfo.InvariantCulture);
        return Problems.WriteAsync(
            context,
            StatusCodes.Status429TooManyRequests,
            "Too many failures",
            $"More than {perMinute:N0} keys, tokens or sign-ins a minute from this address were not good. Nothing more was looked at; try again soon.");
    }

    public void Dispose() => limiter.Dispose();

    private static (Kind Kind, string Network) Who(HttpContext context, Kind kind) => (kind, RequestLimits.Network(context.Connection.RemoteIpAddress));

    private static string Hash(string credential) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(credential)));
}
