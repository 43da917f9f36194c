using System.Globalization;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Security;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security;
using RulePortal.Web.Shell.Pages;

namespace RulePortal.Web.Kit;

/// <summary>Every address of the portal, spelled once.</summary>
internal static class PortalUrls
{
    public const string Overview = "/";
    public const string AlertList = "/alerts";
    public const string AlertsCsvFile = "/alerts.csv";
    public const string EvidenceCsvFile = "/alerts/{id:long}/evidence.csv";
    public const string Rules = "/rules";
    public const string TuningRules = "/tuning";
    public const string Connections = "/connections";
    public const string Health = "/health-page";
    public const string Metrics = "/metrics";
    public const string ApiKeys = "/administration";
    public const string People = "/administration/people";
    public const string SettingsInEffect = "/administration/settings";
    public const string Retention = "/administration/retention";
    public const string AuditTrail = "/administration/audit";
    public const string AuditCsvFile = "/administration/audit.csv";
    public const string AuditNdjsonFile = "/administration/audit.ndjson";
    public const string Jobs = "/jobs";
    public const string SignInPage = "/signin";
    public const string SignInFailed = "/signin?failed=true";
    public const string SignInDevelopment = "/signin/development";
    public const string SignInProvider = "/signin/provider";
    public const string SignOut = "/signout";
    public const string DeniedPage = "/denied";
    public const string ErrorPage = "/error";
    public const string StatusPage = "/status";

    public static string Alerts(AlertsView? view = null) => AlertList + view?.ToQuery();

    /// <summary>The list as a file; the page and the order do not count.</summary>
    public static string AlertsCsv(AlertsView view) => AlertsCsvFile + view.ToFilterQuery();

    public static string Batch(long seq) => string.Create(CultureInfo.InvariantCulture, $"{Connections}?batch={seq}");

    public static string EvidenceCsv(long id) => string.Create(CultureInfo.InvariantCulture, $"{AlertList}/{id}/evidence.csv");

    public static string Alert(long id) => string.Create(CultureInfo.InvariantCulture, $"{AlertList}/{id}");

    /// <param name="id">The rule's id.</param>
    /// <param name="tab">The tab to show, such as <c>runs</c>, or null for the first.</param>
    public static string Rule(Guid id, string? tab = null) => $"{Rules}/{id}{(tab is null ? "" : "?tab=" + Uri.EscapeDataString(tab))}";

    /// <param name="id">The rule's id.</param>
    /// <param name="filter">Which windows, such as <c>alerted</c>; empty for all.</param>
    /// <param name="page">From 1.</param>
    public static string RuleRuns(Guid id, string? filter = null, int page = 1) =>
        Rule(id, "runs") + (string.IsNullOrEmpty(filter) ? "" : "&show=" + Uri.EscapeDataString(filter)) + PageOf(page);

    /// <param name="id">The rule's id.</param>
    /// <param name="page">From 1.</param>
    public static string RuleVersions(Guid id, int page = 1) => Rule(id, "versions") + PageOf(page);

    /// <param name="id">The rule's id.</param>
    /// <param name="view">Settings, span and selection; null for the rule as it is saved.</param>
    public static string Tuning(Guid id, TuningView? view = null) => $"{TuningRules}/{id}{view?.ToQuery()}";

    public static string SignIn(string returnUrl) =>
        returnUrl == Overview ? SignInPage : $"{SignInPage}?returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>The sign-in page, after a session ended.</summary>
    /// <param name="returnUrl">Where to go on.</param>
    /// <param name="ending">Why it ended, by the name of a <see cref="Data.Security.SessionEnding"/>.</param>
    public static string SessionEnded(string returnUrl, string ending) => $"{SignInPage}?ended={Uri.EscapeDataString(ending)}&returnUrl={Uri.EscapeDataString(returnUrl)}";

    /// <summary>To the identity provider and back.</summary>
    /// <param name="returnUrl">Where to go on.</param>
    /// <param name="another">Whether to choose another account than the one the provider remembers.</param>
    public static string SignInAt(string returnUrl, bool another = false) =>
        $"{SignInProvider}?returnUrl={Uri.EscapeDataString(returnUrl)}{(another ? "&another=true" : "")}";

    /// <summary>Says why an account is not let in.</summary>
    /// <param name="why">The name of a refusal.</param>
    /// <param name="account">Whose account, protected.</param>
    public static string Refused(string why, string account) => $"{DeniedPage}?why={why}&account={Uri.EscapeDataString(account)}";

    public static string Denied(string roleNeeded) => $"{DeniedPage}?needs={Uri.EscapeDataString(roleNeeded)}";

    private static string PageOf(int page) => page > 1 ? string.Create(CultureInfo.InvariantCulture, $"&page={page}") : "";
}
