using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Tuning.Versions;

/// <summary>What two versions make of the same windows and batches. Windows that are incomplete under either are counted apart on both sides.</summary>
public sealed class VersionComparison
{
    public VersionComparison(ComparedVersion a, ComparedVersion b)
    {
        ArgumentNullException.ThrowIfNull(a);
        ArgumentNullException.ThrowIfNull(b);
        (A, B) = (a, b);
        Difference = SimulationDifference.Of(a.WhatIf, a.Setting, b.WhatIf, b.Setting);
        Lookback = new[] { a, b }.Max(side => side.WhatIf.Pass.LookbackOf(side.Setting.Knobs));
        (TotalsA, TotalsB) = (Totals(a), Totals(b));
        Incomplete = new[] { a, b }.SelectMany(IncompleteEnds).Distinct().Count();
    }

    public ComparedVersion A { get; }

    public ComparedVersion B { get; }

    /// <summary>Added are only in B, removed are only in A.</summary>
    public SimulationDifference Difference { get; }

    public WhatIfTotals TotalsA { get; }

    public WhatIfTotals TotalsB { get; }

    /// <summary>The longer of both lookbacks.</summary>
    public TimeSpan Lookback { get; }

    /// <summary>Windows of either that the longer lookback makes incomplete.</summary>
    public int Incomplete { get; }

    /// <summary>Why more differs than the settings alone would make.</summary>
    public IEnumerable<string> Notes
    {
        get
        {
            var (a, b) = (A.WhatIf.Pass.Request.Rule.Definition, B.WhatIf.Pass.Request.Rule.Definition);
            if (a.QueryFrequency != b.QueryFrequency)
            {
                yield return $"A runs every {DurationText.ForPeople(a.QueryFrequency)}, B every {DurationText.ForPeople(b.QueryFrequency)}: an alert is in both only where their windows end together.";
            }

            if (a.EventGrouping != b.EventGrouping)
            {
                yield return "One makes an alert of a window, the other one of each result row, so no alert can be in both.";
            }
        }
    }

    private WhatIfTotals Totals(ComparedVersion side) => WhatIf.Sum(side.WhatIf.Runs(side.Setting).Select(run => run with { IsComplete = side.WhatIf.Pass.IsComplete(run.Window, Lookback) }));

    private IEnumerable<DateTime> IncompleteEnds(ComparedVersion side) =>
        side.WhatIf.Pass.Windows.Index().Where(window => !side.WhatIf.Pass.IsComplete(window.Index, Lookback)).Select(window => window.Item.Range.EndUtc);
}

/// <summary>One of two versions that are compared.</summary>
/// <param name="Title">Its name for people.</param>
/// <param name="WhatIf">The pass that answers for it.</param>
/// <param name="Setting">The setting of that pass.</param>
public sealed record ComparedVersion(string Title, WhatIf WhatIf, WhatIfSetting Setting);
