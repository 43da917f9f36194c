using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Evaluation;

/// <summary>What a rule finds in one window.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Window">The window.</param>
/// <param name="Lookback">The history it was compared with.</param>
/// <param name="Baseline">How full that history is.</param>
/// <param name="Findings">The result rows.</param>
/// <param name="HasRows">Whether the source sent any row in the window.</param>
/// <param name="MaxBatchSeq">The last batch seen.</param>
/// <param name="Excluded">What was not counted in the lookbacks.</param>
/// <param name="IsExcludedCut">Whether more alerts had rows than were excluded.</param>
public sealed record WindowEvaluation(
    BoundRule Rule,
    TimeRange Window,
    TimeRange Lookback,
    BaselineFullness Baseline,
    IReadOnlyList<Finding> Findings,
    bool HasRows,
    long MaxBatchSeq,
    IReadOnlyList<ExcludedRows> Excluded,
    bool IsExcludedCut)
{
    /// <summary>What comes of it; the silence after another alert is left aside.</summary>
    public RunOutcome Outcome { get; } = RunOutcome.Judge(Rule.Definition, Window, Findings, HasRows, Baseline);
}

/// <summary>Evaluates one window: a consistent read, how full the baseline is, the detector, and what comes of its rows. Writes nothing.</summary>
/// <remarks>Scheduler, test, replay and previews all go through here, so that one cannot find what another would not.</remarks>
public sealed class WindowEvaluator(EvaluationSnapshots snapshots)
{
    /// <summary>Evaluates a window over what is stored now.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="alertsOf">The stored rule whose alerts are excluded from the baseline where the rule wants that; null for none.</param>
    /// <param name="endUtc">The window's end. UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<WindowEvaluation> EvaluateAsync(BoundRule rule, Guid? alertsOf, DateTime endUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        await using var snapshot = await snapshots.OpenAsync(rule.Definition, alertsOf, rule.Reach.BaselineBefore(endUtc), maxBatchSeq: null, cancellationToken);
        return await EvaluateAsync(rule, snapshot, endUtc, cancellationToken);
    }

    /// <summary>Evaluates a window as an earlier attempt saw it.</summary>
    /// <param name="rule">The rule as it was.</param>
    /// <param name="excluded">What that attempt excluded.</param>
    /// <param name="maxBatchSeq">The last batch it saw.</param>
    /// <param name="endUtc">The window's end. UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<WindowEvaluation> EvaluateFrozenAsync(
        BoundRule rule, IReadOnlyList<ExcludedRows> excluded, long maxBatchSeq, DateTime endUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        await using var snapshot = await snapshots.OpenFrozenAsync(excluded, maxBatchSeq, cancellationToken);
        return await EvaluateAsync(rule, snapshot, endUtc, cancellationToken);
    }

    /// <summary>How full the baseline of the window that ends at an instant is.</summary>
    public async Task<BaselineFullness> BaselineAsync(BoundRule rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var lookback = rule.Reach.BaselineBefore(endUtc);
        await using var snapshot = await snapshots.OpenAsync(rule.Definition, alertsOf: null, lookback, maxBatchSeq: null, cancellationToken);
        return await BaselineFullness.MeasureAsync(snapshot.Connections, lookback, cancellationToken);
    }

    private static async Task<WindowEvaluation> EvaluateAsync(BoundRule rule, EvaluationSnapshot snapshot, DateTime endUtc, CancellationToken cancellationToken)
    {
        var (window, lookback) = (rule.Reach.WindowEndingAt(endUtc), rule.Reach.BaselineBefore(endUtc));
        var baseline = await BaselineFullness.MeasureAsync(snapshot.Connections, lookback, cancellationToken);
        var (findings, excluded) = await snapshot.DetectAsync(rule, endUtc, cancellationToken);
        var hasRows = findings.Count > 0 || await snapshot.Connections.AnyAsync(window, cancellationToken);
        return new WindowEvaluation(rule, window, lookback, baseline, findings, hasRows, snapshot.Connections.MaxBatchSeq, excluded, snapshot.IsCut);
    }
}
