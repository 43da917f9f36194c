using System.ComponentModel;
using System.Globalization;
using System.Reflection;

namespace RulePortal.Web.Kit.Settings;

/// <summary>Checks one section: first that each value can be read, then the section's own rules on what could be read.</summary>
internal sealed class SettingsCheck<T>(IConfiguration configuration) : ISettingsCheck
    where T : class, IPortalSettings, new()
{
    public IEnumerable<string> Faults()
    {
        var section = configuration.GetSection(T.Section);
        var readable = section.AsEnumerable(makePathsRelative: true).ToDictionary(p => p.Key, p => p.Value, StringComparer.OrdinalIgnoreCase);
        var faults = new List<string>();
        var unreadable = new List<string>();
        foreach (var property in typeof(T).GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(p => p.CanWrite && IsValue(p.PropertyType)))
        {
            if (readable.GetValueOrDefault(property.Name) is { } text && !CanRead(text, property.PropertyType, out var allowed))
            {
                faults.Add($"{T.Section}:{property.Name} is '{text}'; allowed: {allowed}.");
                readable.Remove(property.Name);
                unreadable.Add($"{T.Section}:{property.Name}");
            }
        }

        var settings = new ConfigurationBuilder().AddInMemoryCollection(readable).Build().Get<T>() ?? new T();
        // What could not be read looks unset to the section's own rules; once told is enough.
        return faults.Concat(settings.Faults().Where(f => !unreadable.Exists(k => f.StartsWith(k + " ", StringComparison.Ordinal))));
    }

    // A class of settings is a section of its own, which some sources give a value, too.
    private static bool IsValue(Type type) => type == typeof(string) || !type.IsClass;

    private static bool CanRead(string text, Type type, out string allowed)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (type.IsEnum)
        {
            var names = Enum.GetNames(type);
            allowed = string.Join(", ", names);
            return names.Contains(text, StringComparer.OrdinalIgnoreCase);
        }

        allowed = type == typeof(bool) ? "true, false"
            : type == typeof(TimeSpan) ? "a time span such as 00:05:00 (hours:minutes:seconds) or 7.00:00:00 (days first)"
            : type == typeof(double) || type == typeof(decimal) ? "a number such as 0.5"
            : "a whole number";
        try
        {
            _ = TypeDescriptor.GetConverter(type).ConvertFrom(context: null, CultureInfo.InvariantCulture, text);
            return true;
        }
        catch (Exception e) when (e is FormatException or ArgumentException or OverflowException or NotSupportedException || e.InnerException is FormatException or OverflowException)
        {
            return false;
        }
    }
}
