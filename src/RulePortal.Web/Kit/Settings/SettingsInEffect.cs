using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using RulePortal.Data.Security;

namespace RulePortal.Web.Kit.Settings;

/// <summary>Every setting as this process has it, for an Administrator to see; secrets are kept back.</summary>
internal sealed class SettingsInEffect(IConfiguration configuration)
{
    // Read by ASP.NET Core and Microsoft.Identity.Web, not by a class of ours.
    private static readonly string[] Foreign = ["AzureAd:ClientId", "AzureAd:ClientSecret", "AzureAd:Instance", "AzureAd:TenantId", "ConnectionStrings:Portal"];

    // By their names, so that one that is added is kept back, too.
    private static readonly string[] SecretWords = ["Secret", "Password", "ConnectionStrings", "Token", "Header", "ApiKey", "Credential"];

    public static bool IsSecret(string key) => SecretWords.Any(word => key.Contains(word, StringComparison.OrdinalIgnoreCase));

    /// <summary>All of them, by key.</summary>
    public IReadOnlyList<SettingInEffect> All()
    {
        var values = Foreign.ToDictionary(key => key, key => configuration[key], StringComparer.Ordinal);
        foreach (var type in typeof(IPortalSettings).Assembly.GetTypes().Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IPortalSettings))))
        {
            var section = (string)type.GetProperty(nameof(IPortalSettings.Section))!.GetValue(null)!;
            Add(values, section, configuration.GetSection(section).Get(type) ?? Activator.CreateInstance(type)!);
        }

        return [.. values.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => Shown(pair.Key, pair.Value))];
    }

    private static void Add(Dictionary<string, string?> values, string section, object settings)
    {
        foreach (var property in settings.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
        {
            var (key, value) = ($"{section}:{property.Name}", property.GetValue(settings));
            if (value is not null && property.PropertyType.IsClass && property.PropertyType != typeof(string))
            {
                Add(values, key, value);
            }
            else
            {
                values[key] = value is bool yes ? (yes ? "true" : "false") : Convert.ToString(value, CultureInfo.InvariantCulture);
            }
        }
    }

    private SettingInEffect Shown(string key, string? value)
    {
        var isSecret = IsSecret(key);
        var shown = string.IsNullOrEmpty(value) ? null : isSecret ? null : WithoutUser(value);
        return new SettingInEffect(key, shown, isSecret && !string.IsNullOrEmpty(value), SourceOf(key));
    }

    /// <summary>An address may carry a password before its host.</summary>
    private static string WithoutUser(string value) =>
        Uri.TryCreate(value, UriKind.Absolute, out var uri) && uri.UserInfo.Length > 0 ? value.Replace(uri.UserInfo + "@", "", StringComparison.Ordinal) : value;

    private string? SourceOf(string key) =>
        (configuration as IConfigurationRoot)?.Providers.LastOrDefault(provider => provider.TryGet(key, out _)) switch
        {
            null => null,
            EnvironmentVariablesConfigurationProvider => "environment variable",
            CommandLineConfigurationProvider => "command line",
            FileConfigurationProvider file => Path.GetFileName(file.Source.Path),
            _ => "the process",
        };
}

/// <summary>A setting as this process has it.</summary>
/// <param name="Key">Such as <c>Scheduling:CatchUp</c>.</param>
/// <param name="Value">Its value, or null when there is none; never a secret.</param>
/// <param name="IsSecret">Whether the value is kept back.</param>
/// <param name="Source">Where it was set, or null for the default.</param>
internal sealed record SettingInEffect(string Key, string? Value, bool IsSecret, string? Source);
