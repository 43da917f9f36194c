using System.Globalization;
using System.Text.Json;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>A whole number, typed or slid.</summary>
public sealed class CountInput(CountSetting setting, JsonElement? saved) : SettingInput(setting)
{
    public string Unit => setting.Unit;

    public long Least => setting.Least;

    public long SliderEnd => setting.SliderEnd;

    /// <summary>Null while the field is empty.</summary>
    public long? Value { get; set; } = saved is { ValueKind: JsonValueKind.Number } number && number.TryGetInt64(out var whole) ? whole : setting.Shipped;

    /// <summary>Where the slider stands: its end also stands for everything beyond.</summary>
    public long SliderValue => Math.Clamp(Value ?? setting.Shipped, setting.Least, setting.SliderEnd);

    public override string Typed
    {
        get => Value?.ToString(CultureInfo.InvariantCulture) ?? "";
        set => Value = value.Length == 0 ? null : long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : Value;
    }

    public override string ShippedText => $"{Words.Number(setting.Shipped)} {setting.Unit}";

    public override bool IsShipped => Value == setting.Shipped;

    public override void Reset() => Value = setting.Shipped;

    public override string ToJson(out string? fault)
    {
        fault = Value is null ? $"{Setting.Label} must be a whole number of {setting.Unit} from {Words.Number(setting.Least)} to {Words.Number(setting.Greatest)}." : null;
        return (Value ?? setting.Shipped).ToString(CultureInfo.InvariantCulture);
    }
}
