using Microsoft.AspNetCore.Components;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Kit.Controls;

/// <summary>A severity told three ways: colour, shape and word.</summary>
public sealed partial class SeverityChip
{
    [Parameter]
    [EditorRequired]
    public Severity Severity { get; set; }

    // Triangle, diamond, disc, ring.
    private string Shape => Severity switch
    {
        Severity.High => "M6 0.8 11.6 11H0.4Z",
        Severity.Medium => "M6 0.4 11.6 6 6 11.6 0.4 6Z",
        Severity.Low => "M6 1.2a4.8 4.8 0 1 0 0.01 0Z",
        _ => "M6 1.2a4.8 4.8 0 1 0 0.01 0ZM6 2.8a3.2 3.2 0 1 1-0.01 0Z",
    };
}
