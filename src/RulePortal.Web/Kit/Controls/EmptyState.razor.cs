using Microsoft.AspNetCore.Components;
using MudBlazor;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Why there is nothing here, and what to do about it.</summary>
public sealed partial class EmptyState
{
    [Parameter]
    public string Icon { get; set; } = Icons.Material.Outlined.Inbox;

    [Parameter]
    [EditorRequired]
    public required string Title { get; set; }

    /// <summary>Why it is empty and what would fill it.</summary>
    [Parameter]
    public string? Text { get; set; }

    /// <summary>The button for it.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
