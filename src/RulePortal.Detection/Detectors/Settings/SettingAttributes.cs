using System.Reflection;
using System.Text.Json;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Detectors.Settings;

/// <summary>Makes a property of a settings record a setting. Its shipped value is the property's own default.</summary>
/// <remarks>A further setting of a detector is one such property; a further kind of setting is an attribute and a <see cref="DetectorSetting"/>.</remarks>
[AttributeUsage(AttributeTargets.Property)]
public abstract class SettingAttribute(string label, string help) : Attribute
{
    /// <summary>Its name for people.</summary>
    public string Label { get; } = label;

    /// <summary>What it does, in one line.</summary>
    public string Help { get; } = help;

    /// <summary>The key of a property, such as <c>countryThreshold</c>.</summary>
    protected static string KeyOf(string property) => JsonNamingPolicy.CamelCase.ConvertName(property);

    internal abstract DetectorSetting Describe(PropertyInfo property, object? shipped);
}

/// <summary>A <see cref="string"/> property that is one of a few words.</summary>
/// <param name="label">Its name for people.</param>
/// <param name="help">What it does, in one line.</param>
/// <param name="choices">The words allowed.</param>
public sealed class ChoiceAttribute(string label, string help, params string[] choices) : SettingAttribute(label, help)
{
    /// <summary>The words allowed.</summary>
    public IReadOnlyList<string> Choices { get; } = choices;

    internal override DetectorSetting Describe(PropertyInfo property, object? shipped) =>
        new ChoiceSetting(KeyOf(property.Name), Label, Help, Choices, (string)shipped!);
}

/// <summary>A <see cref="long"/> property: a whole number of something.</summary>
/// <param name="label">Its name for people.</param>
/// <param name="help">What it does, in one line.</param>
/// <param name="unit">What is counted, such as <c>rows</c>.</param>
public sealed class CountAttribute(string label, string help, string unit) : SettingAttribute(label, help)
{
    /// <summary>What is counted.</summary>
    public string Unit { get; } = unit;

    /// <summary>Least value allowed.</summary>
    /// <value>Default 0.</value>
    public long Least { get; init; }

    /// <summary>Greatest value allowed.</summary>
    /// <value>Default 1,000,000,000.</value>
    public long Greatest { get; init; } = 1_000_000_000;

    /// <summary>Where a slider ends: values beyond it are typed.</summary>
    /// <value>Default 100.</value>
    public long SliderEnd { get; init; } = 100;

    /// <summary>Which numbers pass it, when it is a threshold that a what-if can move.</summary>
    public Passes Passes { get; init; }

    /// <summary>Name of the property that is the lookback in which its number is counted; null for none.</summary>
    public string? Within { get; init; }

    internal override DetectorSetting Describe(PropertyInfo property, object? shipped) =>
        new CountSetting(KeyOf(property.Name), Label, Help, Unit, Least, Greatest, (long)shipped!, SliderEnd)
        {
            Passes = Passes,
            Within = Within is null ? null : KeyOf(Within),
        };
}

/// <summary>A <see cref="TimeSpan"/> property, nullable when it may follow a field of the rule.</summary>
/// <param name="label">Its name for people.</param>
/// <param name="help">What it does, in one line.</param>
/// <param name="shortest">Least value allowed, ISO 8601.</param>
/// <param name="longest">Greatest value allowed, ISO 8601.</param>
public sealed class DurationAttribute(string label, string help, string shortest, string longest) : SettingAttribute(label, help)
{
    /// <summary>Least value allowed, ISO 8601.</summary>
    public string Shortest { get; } = shortest;

    /// <summary>Greatest value allowed, ISO 8601.</summary>
    public string Longest { get; } = longest;

    /// <summary>The field of the rule that null follows: <c>queryFrequency</c> or <c>queryPeriod</c>; null when the setting must be given.</summary>
    public string? Follows { get; init; }

    /// <summary>Name of the property that it must be longer than; null for none.</summary>
    public string? LongerThan { get; init; }

    internal override DetectorSetting Describe(PropertyInfo property, object? shipped) =>
        new DurationSetting(KeyOf(property.Name), Label, Help, Read(Shortest), Read(Longest), (TimeSpan?)shipped, Follows)
        {
            LongerThan = LongerThan is null ? null : KeyOf(LongerThan),
        };

    private static TimeSpan Read(string iso) => DurationText.TryParseIso(iso, out var duration, out var error) ? duration : throw new FormatException(error);
}
