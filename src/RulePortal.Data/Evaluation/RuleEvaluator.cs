using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Ledger;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Evaluation;

/// <summary>The rule itself is at fault, not its circumstances; the message is a sentence for people, without a full stop.</summary>
public sealed class RuleFaultException(string message) : Exception(message);

/// <summary>What one evaluation may give.</summary>
/// <param name="MaxResultRows">More result rows are a fault of the rule.</param>
public sealed record EvaluationLimits(int MaxResultRows = 100_000);

/// <summary>What a rule finds in the window that ends at an instant, and what alerts it asks for. Writes nothing.</summary>
public sealed class RuleEvaluator(
    WindowEvaluator evaluator, IDbContextFactory<PortalDbContext> contexts, DetectorCatalog detectors, EvaluationLimits limits)
{
    /// <summary>Evaluates a window on a thread of its own.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="endUtc">The window's end. UTC.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="RuleFaultException">The rule cannot be evaluated, or gives too many result rows.</exception>
    /// <remarks>A detector that ignores cancellation is left behind when the token says so: it holds a thread and a read until it ends, and can write nothing.</remarks>
    public Task<EvaluatedWindow> EvaluateAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return Task.Run(() => FindAsync(rule, endUtc, cancellationToken), cancellationToken).WaitAsync(cancellationToken);
    }

    private async Task<EvaluatedWindow> FindAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        var definition = rule.Definition;
        if (!detectors.TryBind(definition, out var bound, out var errors))
        {
            throw new RuleFaultException(string.Join(' ', errors.Select(error => error.Message)).TrimEnd('.'));
        }

        if (await SilenceAsync(rule, endUtc, cancellationToken) is { } silence)
        {
            return new(bound.Reach.WindowEndingAt(endUtc), AttemptOutcome.Suppressed, RunOutcome.Suppressed(silence).Sentence, null, null, null, null, []);
        }

        // Alerts are read with the rows. Whoever judges a window again takes the alerts as they stand then: the attempt keeps what it left out.
        var found = await evaluator.EvaluateAsync(bound, rule.Id, endUtc, cancellationToken);
        if (found.Findings.Count > limits.MaxResultRows)
        {
            throw new RuleFaultException($"{found.Findings.Count} result rows are more than the limit of {limits.MaxResultRows}; narrow the rule's settings");
        }

        var (outcome, baseline) = (found.Outcome, found.Baseline);
        var drafts = outcome.Groups
            .Select(group => new AlertDraft(group.GroupKey, AlertWording.Content(definition, found.Window, group.Findings, baseline), group.Findings))
            .ToList();
        var hold = RunOutcome.IsHeld(definition, outcome.Kind, found.Findings.Count) ? RunSentence.Held(found.Findings.Count, definition.HoldAbove!.Value) : null;
        return new(
            found.Window,
            KindOf(outcome.Kind),
            outcome.Sentence,
            found.MaxBatchSeq,
            found.Findings.Count,
            baseline.DaysPresent,
            baseline.DaysLookedBack,
            drafts,
            found.Lookback.StartUtc,
            hold)
        {
            Excluded = found.Excluded,
            IsExcludedCut = found.IsExcludedCut,
        };
    }

    private static AttemptOutcome KindOf(RunOutcomeKind kind) => kind switch
    {
        RunOutcomeKind.Alerted => AttemptOutcome.Alerted,
        RunOutcomeKind.Learning => AttemptOutcome.Learning,
        RunOutcomeKind.NoData => AttemptOutcome.NoData,
        RunOutcomeKind.Suppressed => AttemptOutcome.Suppressed,
        _ => AttemptOutcome.BelowThreshold,
    };

    private async Task<Suppression?> SilenceAsync(RuleSnapshot rule, DateTime endUtc, CancellationToken cancellationToken)
    {
        if (rule.Definition.SuppressionDuration is not { } duration)
        {
            return null;
        }

        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var last = await db.Occurrences.AsNoTracking()
            .Where(o => o.RuleId == rule.Id && o.WindowEndUtc < endUtc)
            .MaxAsync(o => (DateTime?)o.WindowEndUtc, cancellationToken);
        return last is { } alerted && new Suppression(alerted, duration) is var silence && silence.Covers(endUtc) ? silence : null;
    }
}
