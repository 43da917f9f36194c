using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Demo;

internal sealed class DemoSettings : IPortalSettings
{
    public static string Section => "Demo";

    /// <summary>Whether to fill an empty store with generated connections and go on adding the present minute's; the option <c>--demo</c> sets it.</summary>
    public bool Enabled { get; set; }

    public IEnumerable<string> Faults() => [];
}
