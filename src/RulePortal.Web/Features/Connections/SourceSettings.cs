using RulePortal.Data.Connections;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Connections;

internal sealed class SourceSettings : IPortalSettings
{
    public static string Section => "Sources";

    /// <summary>Longest time between two rows of a machine that is ordinary, where none is set for it.</summary>
    public TimeSpan ExpectedInterval { get; set; } = TimeSpan.FromHours(1);

    public IEnumerable<string> Faults()
    {
        if (ExpectedInterval < SourceWatch.Shortest || ExpectedInterval > SourceWatch.Longest)
        {
            yield return $"Sources:ExpectedInterval is '{ExpectedInterval}'; allowed: 00:01:00 to 30.00:00:00.";
        }
    }
}
