using Microsoft.AspNetCore.Components;

namespace RulePortal.Web.Kit.Controls;

/// <summary>A value from telemetry: cut in the middle, whole on hover and in the copy button, with nothing hidden in it.</summary>
public sealed partial class LongText
{
    [Parameter]
    [EditorRequired]
    public string? Text { get; set; }

    /// <summary>Most characters shown.</summary>
    [Parameter]
    public int Max { get; set; } = 40;

    /// <summary>What stands for an empty value.</summary>
    [Parameter]
    public string None { get; set; } = "(empty)";

    private string Full => SafeText.Visible(Text ?? "");

    private string Shown => SafeText.Shorten(Full, Max);
}
