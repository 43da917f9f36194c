using RulePortal.Data.Evaluation;
using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.Rules.Testing;

/// <summary>Evaluates a rule as it is written in a form or a request, at any instant, and stores nothing.</summary>
internal sealed class RuleTester(WindowEvaluator evaluator, WorkSlots slots, TimeProvider clock)
{
    /// <summary>Most result rows handed back; the count is always the true one.</summary>
    public const int MostResults = 10_000;

    /// <summary>How long one test may take, waiting included.</summary>
    public static readonly TimeSpan TimeLimit = TimeSpan.FromSeconds(60);

    /// <param name="rule">What to evaluate.</param>
    /// <param name="alertsOf">The stored rule whose alerts are excluded from the baseline where the rule wants that; null for none.</param>
    /// <param name="asOfUtc">When.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <returns>What was found, or null when it took too long.</returns>
    public async Task<RuleTest?> TestAsync(BoundRule rule, Guid? alertsOf, DateTime asOfUtc, CancellationToken cancellationToken)
    {
        var (_, found) = await slots.RunAsync(
            WorkKind.Look, TimeLimit, async token => await evaluator.EvaluateAsync(rule, alertsOf, asOfUtc, token), cancellationToken);
        if (found is null)
        {
            return null;
        }

        var (definition, findings) = (rule.Definition, found.Findings);
        var trigger = new TriggerCondition(definition.TriggerOperator, definition.TriggerThreshold);
        return new RuleTest(
            asOfUtc,
            found.Window,
            findings.Count,
            trigger.Fires(findings.Count),
            trigger.ToString(),
            findings.Count > MostResults ? [.. findings.Take(MostResults)] : findings,
            [
                .. RuleTestNotes.For(definition, asOfUtc, clock.GetUtcNow().UtcDateTime, found.HasRows, found.Baseline, findings.Count),
                .. RuleTestNotes.Excluded(found.Excluded),
            ]);
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
