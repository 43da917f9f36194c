using System.Globalization;
using System.Text.RegularExpressions;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Shell;

/// <summary>Holds the table in docs/settings.md to the classes that are bound.</summary>
public sealed partial class SettingsTableTests
{
    // Read by ASP.NET Core and Microsoft.Identity.Web, not by a class of ours.
    private static readonly string[] Foreign =
        ["AzureAd:ClientId", "AzureAd:ClientSecret", "AzureAd:Instance", "AzureAd:TenantId", "ConnectionStrings:Portal"];

    [Fact]
    public void Table_Settings_AreThoseThatAreBound()
    {
        var bound = Bound().Keys.Concat(Foreign).Order(StringComparer.Ordinal);

        Assert.Equal(bound, Rows().Select(row => row.Key).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_EnvironmentVariables_AreTheKeys() =>
        Assert.All(Rows(), row => Assert.Equal(row.Key.Replace(":", "__", StringComparison.Ordinal), row.Variable));

    [Fact]
    public void Table_Defaults_AreTheClasses()
    {
        var bound = Bound();

        // What has no default of its own is told in words, which no class can be compared with.
        var named = Rows().ToLookup(row => bound.GetValueOrDefault(row.Key) is not null);
        Assert.All(named[true], row => Assert.Equal($"`{bound[row.Key]}`", row.Default));
        Assert.All(named[false], row => Assert.False(row.Default.StartsWith('`'), $"{row.Key}: its class has no default {row.Default}."));
    }

    private static Dictionary<string, string?> Bound()
    {
        var found = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var type in typeof(IPortalSettings).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IPortalSettings))))
        {
            Add(found, (string)type.GetProperty(nameof(IPortalSettings.Section))!.GetValue(null)!, Activator.CreateInstance(type)!);
        }

        return found;
    }

    private static void Add(Dictionary<string, string?> found, string section, object settings)
    {
        foreach (var property in settings.GetType().GetProperties().Where(property => property.CanWrite))
        {
            var value = property.GetValue(settings);
            if (value is not null && property.PropertyType.IsClass && property.PropertyType != typeof(string))
            {
                Add(found, $"{section}:{property.Name}", value);
            }
            else
            {
                found[$"{section}:{property.Name}"] = value is bool yes
                    ? (yes ? "true" : "false")
                    : Convert.ToString(value, CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
            }
        }
    }

    private static List<(string Key, string Variable, string Default)> Rows() =>
    [
        .. Row().Matches(Repository.Text("docs/settings.md"))
            .Select(match => (match.Groups["key"].Value, match.Groups["variable"].Value, match.Groups["default"].Value)),
    ];

    [GeneratedRegex(
        @"^\| `(?<key>\w+(:\w+)+)` \| `(?<variable>[^`|]+)` \| (?<default>[^|]*?) \|",
        RegexOptions.ExplicitCapture | RegexOptions.Multiline,
        1000)]
    private static partial Regex Row();
}
