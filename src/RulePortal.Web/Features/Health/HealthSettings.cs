using System.Globalization;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Health;

internal sealed class HealthSettings : IPortalSettings
{
    private const long MostMegabytes = 1_000_000;

    public static string Section => "Health";

    /// <summary>How late the latest window of a rule may be before this process is not ready and the page warns.</summary>
    public TimeSpan SchedulerLagLimit { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Megabytes that must be free where the SQLite file is.</summary>
    public long MinimumFreeMegabytes { get; set; } = 512;

    public long MinimumFreeBytes => MinimumFreeMegabytes * 1024 * 1024;

    public IEnumerable<string> Faults()
    {
        if (SchedulerLagLimit < TimeSpan.FromMinutes(1) || SchedulerLagLimit > TimeSpan.FromDays(1))
        {
            yield return $"Health:SchedulerLagLimit is '{SchedulerLagLimit}'; allowed: 00:01:00 to 1.00:00:00.";
        }

        if (MinimumFreeMegabytes is < 0 or > MostMegabytes)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Health:MinimumFreeMegabytes is {MinimumFreeMegabytes}; allowed: 0 to {MostMegabytes}.");
        }
    }
}
