using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace RulePortal.Web.Shell;

/// <summary>Every address of the portal, spelled once.</summary>
internal static class PortalUrls
{
    public const string Overview = "/";
    public const string AlertList = "/alerts";
    public const string Rules = "/rules";
    public const string Connections = "/connections";
    public const string Jobs = "/jobs";
    public const string SignInPage = "/signin";
    public const string SignInFailed = "/signin?failed=true";
    public const string SignInDevelopment = "/signin/development";
    public const string SignInEntra = "/signin/entra";
    public const string SignOut = "/signout";
    public const string DeniedPage = "/denied";
    public const string ErrorPage = "/error";
    public const string StatusPage = "/status";

    public static string Alerts(AlertFilter? filter = null)
    {
        filter ??= new AlertFilter();
        var query = new QueryBuilder();
        Add(query, "tactic", filter.Tactics);
        Add(query, "severity", filter.Severities);
        Add(query, "status", filter.Statuses);
        Add(query, "rule", filter.Rules);
        Add(query, "owner", filter.Owner);
        Add(query, "from", filter.FromUtc);
        Add(query, "to", filter.ToUtc);
        Add(query, "page", PageOf(filter.Page));
        return AlertList + query;
    }

    public static string Alert(long id) => string.Create(CultureInfo.InvariantCulture, $"{AlertList}/{id}");

    /// <param name="id">The rule's id.</param>
    /// <param name="tab">The tab to show, such as <c>runs</c>, or null for the first.</param>
    public static string Rule(Guid id, string? tab = null) => $"{Rules}/{id}{(tab is null ? "" : "?tab=" + Uri.EscapeDataString(tab))}";

    /// <param name="id">The rule's id.</param>
    /// <param name="filter">Which windows, such as <c>alerted</c>; empty for all.</param>
    /// <param name="page">From 1.</param>
    public static string RuleRuns(Guid id, string? filter = null, int page = 1) => RuleTab(id, "runs", ("show", filter), ("page", PageOf(page)));

    /// <param name="id">The rule's id.</param>
    /// <param name="page">From 1.</param>
    public static string RuleVersions(Guid id, int page = 1) => RuleTab(id, "versions", ("page", PageOf(page)));

    public static string SignIn(string returnUrl) =>
        returnUrl == Overview ? SignInPage : $"{SignInPage}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    public static string Denied(string roleNeeded) => $"{DeniedPage}?needs={Uri.EscapeDataString(roleNeeded)}";

    private static string? PageOf(int page) => page > 1 ? page.ToString(CultureInfo.InvariantCulture) : null;

    private static string RuleTab(Guid id, string tab, params ReadOnlySpan<(string Key, string? Value)> view)
    {
        var query = new QueryBuilder { { "tab", tab } };
        foreach (var (key, value) in view)
        {
            Add(query, key, value);
        }

        return $"{Rules}/{id}{query}";
    }

    private static void Add<T>(QueryBuilder query, string key, IEnumerable<T> values)
    {
        foreach (var value in values)
        {
            Add(query, key, value?.ToString());
        }
    }

    private static void Add(QueryBuilder query, string key, DateTime? instant) =>
        Add(query, key, instant?.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));

    private static void Add(QueryBuilder query, string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Add(key, value);
        }
    }
}
