using Microsoft.AspNetCore.Components;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Title of the page (its only h1, and the tab's name), where it belongs, and its actions.</summary>
public sealed partial class PageHeader
{
    [Parameter]
    [EditorRequired]
    public required string Title { get; set; }

    /// <summary>One line under the title.</summary>
    [Parameter]
    public string? Subtitle { get; set; }

    /// <summary>Address of the page this one is part of; shown above the title.</summary>
    [Parameter]
    public string? ParentUrl { get; set; }

    [Parameter]
    public string? ParentTitle { get; set; }

    /// <summary>Buttons, the primary one last.</summary>
    [Parameter]
    public RenderFragment? Actions { get; set; }

    /// <summary>Anything else under the title, such as chips.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }
}
