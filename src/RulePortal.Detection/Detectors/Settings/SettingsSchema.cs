using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Detectors.Settings;

/// <summary>Settings as read.</summary>
/// <typeparam name="TSettings">The settings record.</typeparam>
/// <param name="Json">Every key, in the order of the form, durations normalised: equal settings are equal text.</param>
/// <param name="Resolved">The settings in force: what follows the rule's schedule has the value it follows.</param>
internal sealed record BoundSettings<TSettings>(string Json, TSettings Resolved);

/// <summary>The settings of a record, by its attributes: lists them, reads them from JSON strictly, and writes them.</summary>
/// <typeparam name="TSettings">A record whose properties carry a <see cref="SettingAttribute"/> each.</typeparam>
internal static class SettingsSchema<TSettings>
    where TSettings : class, new()
{
    private static readonly IReadOnlyList<(PropertyInfo Property, DetectorSetting Setting)> Known = [.. Describe()];

    /// <summary>Every setting, in the order of the form.</summary>
    public static IReadOnlyList<DetectorSetting> Settings { get; } = [.. Known.Select(known => known.Setting)];

    /// <summary>The settings it ships with, as a JSON object with every key.</summary>
    public static string Shipped { get; } = Write(new TSettings());

    /// <summary>Reads settings and collects every fault instead of stopping at the first.</summary>
    /// <param name="rule">The rule: its settings, where keys left out take the shipped value, and its schedule, which some follow.</param>
    /// <param name="errors">Takes every fault, each under its field.</param>
    /// <returns>The settings, or null when there is a fault.</returns>
    public static BoundSettings<TSettings>? Read(RuleDefinition rule, List<RuleError> errors)
    {
        var before = errors.Count;
        var given = Given(rule.SettingsJson, errors);
        var typed = new TSettings();
        var resolved = new TSettings();
        var faulty = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (property, setting) in Known)
        {
            var value = setting.ShippedValue;
            if (given.TryGetValue(setting.Key, out var json) && setting.TryRead(json, out value) is { } fault)
            {
                errors.Add(new($"{setting.Field}.{fault.Code}", setting.Field, $"{setting.Label} {fault.Message}"));
                faulty.Add(setting.Key);
                continue;
            }

            property.SetValue(typed, value);
            property.SetValue(resolved, value ?? Followed(setting, rule));
        }

        errors.AddRange(TooShort(typed, resolved, faulty));
        return errors.Count == before ? new BoundSettings<TSettings>(Write(typed), resolved) : null;
    }

    /// <summary>The value of a setting.</summary>
    public static object? Value(TSettings settings, string key) => Known.First(known => known.Setting.Key == key).Property.GetValue(settings);

    private static string Write(TSettings settings) =>
        new JsonObject(Known.Select(known => KeyValuePair.Create(known.Setting.Key, known.Setting.Write(known.Property.GetValue(settings))))).ToJsonString();

    private static TimeSpan? Followed(DetectorSetting setting, RuleDefinition rule) => setting is DurationSetting { Follows: { } field }
        ? field == "queryFrequency" ? rule.QueryFrequency : rule.QueryPeriod
        : null;

    private static IEnumerable<RuleError> TooShort(TSettings typed, TSettings resolved, HashSet<string> faulty)
    {
        foreach (var setting in Settings.OfType<DurationSetting>().Where(setting => setting.LongerThan is not null))
        {
            var other = (DurationSetting)Settings.First(each => each.Key == setting.LongerThan);
            if (faulty.Contains(setting.Key) || faulty.Contains(other.Key))
            {
                continue;
            }

            var (length, least) = ((TimeSpan)Value(resolved, setting.Key)!, (TimeSpan)Value(resolved, other.Key)!);
            if (length <= least)
            {
                var origin = Value(typed, setting.Key) is null ? $"follows {setting.FollowedName} and " : "";
                var name = other.Label.ToLowerInvariant();
                yield return new(
                    $"{setting.Field}.not-longer-than-{name.Replace(' ', '-')}",
                    setting.Field,
                    $"{setting.Label} {origin}must be longer than the {name} ({DurationText.ForPeople(least)}); it is {DurationText.ForPeople(length)}.");
            }
        }
    }

    private static Dictionary<string, JsonElement> Given(string json, List<RuleError> errors)
    {
        var given = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        try
        {
            using var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                foreach (var property in document.RootElement.EnumerateObject())
                {
                    var shown = TelemetryText.Shown(property.Name);
                    if (!Settings.Any(setting => setting.Key == property.Name))
                    {
                        var keys = string.Join(", ", Settings.Select(setting => setting.Key));
                        errors.Add(new("settings.unknown-key", $"settings.{shown}", $"There is no setting '{shown}'; there are {keys}."));
                    }
                    else if (!given.TryAdd(property.Name, property.Value.Clone()))
                    {
                        errors.Add(new("settings.repeated-key", $"settings.{shown}", $"The setting '{shown}' is given twice."));
                    }
                }

                return given;
            }
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            // InvalidOperationException is a key with half a surrogate pair. Said below: what the parser says of bytes and positions helps nobody at a form.
        }

        errors.Add(new("settings.not-an-object", "settings", $"The settings must be a JSON object, such as {Shipped}."));
        return given;
    }

    private static IEnumerable<(PropertyInfo, DetectorSetting)> Describe()
    {
        var shipped = new TSettings();
        return
            from type in Lineage()
            from property in type.GetProperties(BindingFlags.DeclaredOnly | BindingFlags.Instance | BindingFlags.Public)
                .OrderBy(property => property.MetadataToken)
            let attribute = property.GetCustomAttribute<SettingAttribute>()
            where attribute is not null
            select (property, attribute.Describe(property, property.GetValue(shipped)));
    }

    // What tells a record apart comes before what it shares, wherever either is declared.
    private static IEnumerable<Type> Lineage()
    {
        for (var type = typeof(TSettings); type is not null; type = type.BaseType)
        {
            yield return type;
        }
    }
}
