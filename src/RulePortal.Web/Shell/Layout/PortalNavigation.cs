using MudBlazor;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Web.Kit;
using RulePortal.Web.Security;

namespace RulePortal.Web.Shell.Layout;

/// <summary>The rail, in order, for whoever satisfies the policy. A page is listed once it exists.</summary>
internal static class PortalNavigation
{
    public static IReadOnlyList<Item> Items { get; } =
    [
        new("Overview", PortalUrls.Overview, Icons.Material.Outlined.Dashboard),
        new("Alerts", PortalUrls.AlertList, Icons.Material.Outlined.NotificationsActive),
        new("Rules", PortalUrls.Rules, Icons.Material.Outlined.Rule),
        new("Tuning", PortalUrls.TuningRules, Icons.Material.Outlined.Tune),
        new("Connections", PortalUrls.Connections, Icons.Material.Outlined.Lan),
        new("Health", PortalUrls.Health, Icons.Material.Outlined.MonitorHeart),
        new("Administration", PortalUrls.ApiKeys, Icons.Material.Outlined.AdminPanelSettings, Policies.CanAdminister),
    ];

    internal sealed record Item(string Title, string Url, string Icon, string Policy = Policies.CanView);
}
