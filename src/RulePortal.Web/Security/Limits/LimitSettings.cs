using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Limits;

/// <summary>How much one caller may ask for. What it may send at once is fixed: see <see cref="RequestLimits"/>.</summary>
internal sealed class LimitSettings : IPortalSettings
{
    public static string Section => "Limits";

    /// <summary>Requests a minute of one person or key.</summary>
    public int RequestsPerMinutePerCaller { get; set; } = 1_200;

    /// <summary>Requests a minute from one address, signed in or not; an office may share one. For IPv6 the first 64 bits count.</summary>
    public int RequestsPerMinutePerAddress { get; set; } = 6_000;

    public IEnumerable<string> Faults()
    {
        if (RequestsPerMinutePerCaller is < 60 or > 1_000_000)
        {
            yield return $"Limits:RequestsPerMinutePerCaller is {RequestsPerMinutePerCaller}; allowed: 60 to 1000000.";
        }

        if (RequestsPerMinutePerAddress is < 60 or > 1_000_000)
        {
            yield return $"Limits:RequestsPerMinutePerAddress is {RequestsPerMinutePerAddress}; allowed: 60 to 1000000.";
        }
    }
}
