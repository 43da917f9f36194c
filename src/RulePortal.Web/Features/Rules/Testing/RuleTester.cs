using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.Rules.Testing;

/// <summary>Evaluates a rule as it is written in a form or a request, at any instant, and stores nothing.</summary>
internal sealed class RuleTester(ConnectionHistoryFactory histories, DetectorCatalog detectors, TimeProvider clock) : IDisposable
{
    /// <summary>Most result rows handed back; the count is always the true one.</summary>
    public const int MostResults = 10_000;

    /// <summary>How long one test may take, waiting included.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    // Whoever may view may test: a hundred curious readers must not starve the scheduled runs.
    private readonly SemaphoreSlim places = new(2);

    public void Dispose() => places.Dispose();

    /// <param name="rule">What to evaluate.</param>
    /// <param name="alertsOf">The stored rule whose alerts are kept out of the baseline where the rule wants that.</param>
    /// <param name="asOfUtc">When.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<RuleTestResult> TestAsync(RuleDefinition rule, Guid alertsOf, DateTime asOfUtc, CancellationToken cancellationToken)
    {
        if (detectors.Find(rule.Detector) is not { } detector)
        {
            return RuleTestResult.Invalid([new("detector.unknown", "detector", $"There is no detector '{rule.Detector}'.")]);
        }

        var errors = detector.Validate(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod);
        if (errors.Count > 0)
        {
            return RuleTestResult.Invalid(errors);
        }

        using var limit = new CancellationTokenSource(TimeLimit, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await places.WaitAsync(either.Token);
            try
            {
                return RuleTestResult.Evaluated(await EvaluateAsync(rule, alertsOf, detector, asOfUtc, either.Token));
            }
            finally
            {
                places.Release();
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            return RuleTestResult.TimedOut;
        }
    }

    private async Task<RuleTest> EvaluateAsync(RuleDefinition rule, Guid alertsOf, IDetector detector, DateTime asOfUtc, CancellationToken cancellationToken)
    {
        var reach = detector.Reach(rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod);
        var window = reach.WindowEndingAt(asOfUtc);
        await using var history = await histories.OpenAsync(rule, alertsOf, reach.BaselineBefore(asOfUtc), maxBatchSeq: null, cancellationToken);
        var baseline = await BaselineFullness.MeasureAsync(history.Rows, reach.BaselineBefore(asOfUtc), cancellationToken);
        var hasRows = await history.Rows.AnyAsync(window, cancellationToken);
        var (findings, keptOut) = await history.DetectAsync(detector, new DetectionContext(asOfUtc, rule.SettingsJson, rule.QueryFrequency, rule.QueryPeriod), cancellationToken);
        var trigger = new TriggerCondition(rule.TriggerOperator, rule.TriggerThreshold);
        return new RuleTest(
            asOfUtc,
            window,
            findings.Count,
            trigger.Fires(findings.Count),
            trigger.ToString(),
            findings.Count > MostResults ? [.. findings.Take(MostResults)] : findings,
            [.. RuleTestNotes.For(rule, asOfUtc, clock.GetUtcNow().UtcDateTime, hasRows, baseline, findings.Count), .. RuleTestNotes.KeptOut(keptOut)]);
    }
}

/// <summary>What a rule would have found at an instant. Nothing of it is stored.</summary>
/// <param name="AsOfUtc">The instant.</param>
/// <param name="Window">The window that ends there.</param>
/// <param name="ResultCount">Result rows found.</param>
/// <param name="WouldFire">Whether that many meet the trigger.</param>
/// <param name="Trigger">The trigger in words, such as "more than 5".</param>
/// <param name="Results">The result rows, at most <see cref="RuleTester.MostResults"/>.</param>
/// <param name="Notes">What a scheduled run would have done otherwise, as sentences.</param>
internal sealed record RuleTest(DateTime AsOfUtc, TimeRange Window, int ResultCount, bool WouldFire, string Trigger, IReadOnlyList<Finding> Results, IReadOnlyList<string> Notes);
