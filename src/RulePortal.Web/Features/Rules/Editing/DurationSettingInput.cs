using System.Text.Json;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>A duration, or nothing where the setting may follow the schedule.</summary>
public sealed class DurationSettingInput(DurationSetting setting, JsonElement? saved) : SettingInput(setting)
{
    /// <summary>The field of the rule that an empty input follows, or null when it must be given.</summary>
    public string? Follows => setting.Follows;

    public DurationInput Input { get; } = new(Saved(setting, saved), setting.Follows is not null);

    public override string Typed
    {
        get => Input.Text;
        set => Input.Text = value;
    }

    public override string ShippedText => setting.Shipped is { } duration ? DurationText.ForPeople(duration) : $"follows {RuleFields.Label(setting.Follows!).ToLowerInvariant()}";

    public override bool IsShipped => Input.Is(setting.Shipped);

    public override void Reset() => Input.Set(setting.Shipped);

    public override string ToJson(out string? fault)
    {
        if (!Input.TryRead(out var value, out fault))
        {
            fault = $"{Setting.Label} cannot be read. {fault}";
            value = setting.Shipped;
        }

        return value is { } duration ? JsonSerializer.Serialize(DurationText.ToIso(duration)) : "null";
    }

    private static TimeSpan? Saved(DurationSetting setting, JsonElement? saved) => saved switch
    {
        { ValueKind: JsonValueKind.Null } => null,
        { ValueKind: JsonValueKind.String } text when DurationText.TryParseIso(text.GetString(), out var duration, out _) => duration,
        _ => setting.Shipped,
    };
}
