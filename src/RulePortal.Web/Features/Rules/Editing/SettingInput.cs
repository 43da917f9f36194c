using System.Text.Json;
using RulePortal.Detection.Detectors.Settings;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>One knob of a detector as somebody edits it.</summary>
public abstract class SettingInput(DetectorSetting setting)
{
    public DetectorSetting Setting { get; } = setting;

    /// <summary>The shipped value as a person reads it.</summary>
    public abstract string ShippedText { get; }

    public abstract bool IsShipped { get; }

    public abstract void Reset();

    /// <summary>The value as it is typed; a text that cannot be put into the field is left out.</summary>
    public abstract string Typed { get; set; }

    /// <summary>The value as JSON; what cannot be read is left to the shipped value, and said.</summary>
    /// <param name="fault">What is wrong, as a sentence, or null.</param>
    public abstract string ToJson(out string? fault);

    public static SettingInput Of(DetectorSetting setting, JsonElement? saved) => setting switch
    {
        ChoiceSetting choice => new ChoiceInput(choice, saved),
        CountSetting count => new CountInput(count, saved),
        DurationSetting duration => new DurationSettingInput(duration, saved),
        _ => throw new NotSupportedException($"There is no input for a {setting.GetType().Name}."),
    };
}
