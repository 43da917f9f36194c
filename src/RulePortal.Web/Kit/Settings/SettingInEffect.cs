namespace RulePortal.Web.Kit.Settings;

/// <summary>A setting as this process has it.</summary>
/// <param name="Key">Such as <c>Scheduling:CatchUp</c>.</param>
/// <param name="Value">Its value, or null when there is none; never a secret.</param>
/// <param name="IsSecret">Whether the value is kept back.</param>
/// <param name="Source">Where it was set, or null for the default.</param>
internal sealed record SettingInEffect(string Key, string? Value, bool IsSecret, string? Source);
