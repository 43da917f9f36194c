using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Security.Limits;

/// <summary>How much one caller may ask for and hold. What it may send at once is fixed: see <see cref="RequestLimits"/>.</summary>
internal sealed class LimitSettings : IPortalSettings
{
    /// <summary>Requests with connections that are read at once in all: each has a parser and a temporary file.</summary>
    public const int MostImports = 8;

    public static string Section => "Limits";

    /// <summary>Requests a minute of one person or key.</summary>
    public int RequestsPerMinutePerCaller { get; set; } = 1_200;

    /// <summary>Requests a minute from one address, signed in or not; an office may share one. For IPv6 the first 64 bits count.</summary>
    public int RequestsPerMinutePerAddress { get; set; } = 6_000;

    /// <summary>Keys, tokens and sign-ins a minute from one address that may be bad before nothing more of it is looked at; keys and sign-ins are counted apart.</summary>
    public int FailuresPerMinutePerAddress { get; set; } = 30;

    /// <summary>Requests with connections that are read at once for one person or key, of eight in all.</summary>
    public int ImportsPerCaller { get; set; } = 2;

    /// <summary>Bytes a second that the body of a request must come with, after its first ten seconds.</summary>
    public int SlowestBodyBytesPerSecond { get; set; } = 4_096;

    /// <summary>Pages that one person may have open.</summary>
    public int PagesPerPerson { get; set; } = 50;

    public IEnumerable<string> Faults()
    {
        if (FailuresPerMinutePerAddress is < 1 or > 10_000)
        {
            yield return $"Limits:FailuresPerMinutePerAddress is {FailuresPerMinutePerAddress}; allowed: 1 to 10000.";
        }

        if (ImportsPerCaller is < 1 or > MostImports)
        {
            yield return $"Limits:ImportsPerCaller is {ImportsPerCaller}; allowed: 1 to {MostImports}.";
        }

        if (SlowestBodyBytesPerSecond is < 240 or > 1_048_576)
        {
            yield return $"Limits:SlowestBodyBytesPerSecond is {SlowestBodyBytesPerSecond}; allowed: 240 to 1048576.";
        }

        if (PagesPerPerson is < 1 or > 1_000)
        {
            yield return $"Limits:PagesPerPerson is {PagesPerPerson}; allowed: 1 to 1000.";
        }

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
