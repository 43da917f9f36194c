using Microsoft.AspNetCore.Components;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Tactics in the matrix's order, the first few by name and the rest as a number that tells them.</summary>
public sealed partial class TacticChips
{
    [Parameter]
    [EditorRequired]
    public required IEnumerable<AttackTactic> Tactics { get; set; }

    /// <summary>How many are named; 0 for all.</summary>
    [Parameter]
    public int Max { get; set; }

    /// <summary>Where a tactic leads, or null for nowhere.</summary>
    [Parameter]
    public Func<AttackTactic, string>? Link { get; set; }

    private List<AttackTactic> Ordered => [.. Tactics.Distinct().Order()];

    private IEnumerable<AttackTactic> Shown => Max > 0 ? Ordered.Take(Max) : Ordered;

    private List<AttackTactic> Hidden => Max > 0 ? [.. Ordered.Skip(Max)] : [];
}
