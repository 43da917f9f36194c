using System.Text.RegularExpressions;
using RulePortal.Detection.Wording;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Security;

/// <summary>The table in docs/access.md says what <see cref="RouteTable"/> says, which is what the application does.</summary>
public sealed partial class AccessTableTests
{
    [Fact]
    public void Table_OfTheDocument_IsTheRouteTable()
    {
        var rows = Row().Matches(Repository.Text("docs/access.md")).ToDictionary(
            match => $"{match.Groups["method"].Value} {match.Groups["path"].Value}",
            match => match.Groups["who"].Value.Trim(),
            StringComparer.Ordinal);

        Assert.Equal(
            RouteTable.Rows.Where(row => !IsMachinery(row.Key)).Select(row => $"{row.Key}: {Words(row.Value)}").Order(StringComparer.Ordinal),
            rows.Select(row => $"{row.Key}: {row.Value}").Order(StringComparer.Ordinal));
    }

    /// <summary>Blazor's own endpoints, which nobody calls by hand.</summary>
    private static bool IsMachinery(string row) => row.Contains(" /_", StringComparison.Ordinal);

    private static string Words(string policy) => policy switch
    {
        RouteTable.Anybody => "everybody",
        Policies.SignedIn => "anybody signed in or with a key",
        Policies.CanScrape => "Administrator, Metrics",
        Policies.CanIngest => "Contributor, Ingest",
        _ => Policies.RoleNeeded(policy),
    };

    [GeneratedRegex(@"^\| `(?<method>[A-Z]+) (?<path>/\S*)` \| (?<who>[^|]+) \|\r?$", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Row();
}
