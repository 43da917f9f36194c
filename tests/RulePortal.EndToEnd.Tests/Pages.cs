namespace RulePortal.EndToEnd.Tests;

/// <summary>The pages a person opens.</summary>
internal static class Pages
{
    private const string Rule = "/rules/1c408090-0320-44d5-aba8-e55500c2cfad";

    /// <summary>With another setting, a window chosen from what that adds, and every part of the page drawn.</summary>
    private const string Tuning = "/tuning/1c408090-0320-44d5-aba8-e55500c2cfad?countryThreshold=12&triggerThreshold=3&a=saved&b=edit";

    public static IReadOnlyList<string> All { get; } =
    [
        "/",
        "/alerts",
        "/alerts/1",
        "/rules",
        Rule,
        $"{Rule}?tab=detector",
        $"{Rule}?tab=schedule",
        $"{Rule}?tab=trigger",
        $"{Rule}?tab=runs",
        $"{Rule}?tab=versions",
        "/tuning",
        Tuning,
        "/connections",
        "/health-page",
        "/administration",
        "/administration/people",
        "/administration/audit",
        "/administration/retention",
        "/administration/settings",
    ];

    /// <summary>A page's address as part of a file name.</summary>
    public static string FileName(string address) =>
        address == "/" ? "overview" : address.TrimStart('/').Replace(Rule[7..], "rule", StringComparison.Ordinal).Replace('/', '-').Replace("?tab=", "-", StringComparison.Ordinal).Split('?')[0];
}
