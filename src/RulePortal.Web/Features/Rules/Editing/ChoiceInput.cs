using System.Text.Json;
using RulePortal.Detection.Detectors.Settings;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>A choice among a few words.</summary>
public sealed class ChoiceInput(ChoiceSetting setting, JsonElement? saved) : SettingInput(setting)
{
    public IReadOnlyList<string> Choices => setting.Choices;

    public string Value { get; set; } = saved is { ValueKind: JsonValueKind.String } text ? text.GetString()! : setting.Shipped;

    public override string Typed
    {
        get => Value;
        set => Value = setting.Choices.Contains(value, StringComparer.Ordinal) ? value : Value;
    }

    public override string ShippedText => setting.Shipped;

    public override bool IsShipped => string.Equals(Value, setting.Shipped, StringComparison.Ordinal);

    public override void Reset() => Value = setting.Shipped;

    public override string ToJson(out string? fault)
    {
        fault = null;
        return JsonSerializer.Serialize(Value);
    }
}
