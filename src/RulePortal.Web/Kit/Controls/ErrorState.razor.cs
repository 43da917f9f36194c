using Microsoft.AspNetCore.Components;

namespace RulePortal.Web.Kit.Controls;

/// <summary>What failed, what was not lost, and another try.</summary>
public sealed partial class ErrorState
{
    /// <summary>What failed, such as "The alerts could not be read".</summary>
    [Parameter]
    [EditorRequired]
    public required string Title { get; set; }

    /// <summary>What was not lost.</summary>
    [Parameter]
    public string Text { get; set; } = "Nothing that was saved is lost.";

    [Parameter]
    public EventCallback OnRetry { get; set; }

    /// <summary>Whether it stands for the whole page, so that its title is the h1.</summary>
    [Parameter]
    public bool IsPage { get; set; }
}
