using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Routing;
using Microsoft.AspNetCore.Components.Web;

namespace RulePortal.Web.Shell;

/// <summary>The document. Pages are interactive without prerendering; the few that must work without a circuit (signing in, refusals, errors) are plain HTML.</summary>
public sealed partial class App
{
    [CascadingParameter]
    private HttpContext HttpContext { get; set; } = null!;

    private InteractiveServerRenderMode? Mode => HttpContext.AcceptsInteractiveRouting() ? new InteractiveServerRenderMode(prerender: false) : null;

    /// <summary>The theme chosen before, or null for the system's.</summary>
    private string? Theme => HttpContext.Request.Cookies["theme"] is "dark" or "light" ? HttpContext.Request.Cookies["theme"] : null;

    private bool? Dark => Theme is null ? null : Theme == "dark";
}
