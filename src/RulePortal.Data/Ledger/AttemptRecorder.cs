using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Data.Telemetry;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Ledger;

/// <summary>Writes what an attempt came to - occurrences, alerts, attempt, window - in one transaction that only the holder of the lease can commit.</summary>
public sealed class AttemptRecorder(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    /// <summary>Records an evaluation. What was alerted before is not alerted again: new result rows join the alert that is there.</summary>
    /// <remarks>Where the evaluation says that the rule is held and there is anything to alert on, nothing is: the window waits, and the rule with it.</remarks>
    /// <returns>What was written, or null when the lease was lost and nothing was.</returns>
    public async Task<RecordedRun?> CompleteAsync(WindowLease lease, EvaluatedWindow evaluation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(evaluation);
        var raisedCount = 0;
        using var span = evaluation.Drafts.Count > 0 ? PortalTelemetry.Activities.StartActivity("alert") : null;
        var recorded = await RecordAsync(lease, async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var raised = new List<Alert>();
            var extended = new List<Alert>();
            foreach (var draft in evaluation.Drafts)
            {
                if (await OccurrenceMatch.FindAsync(db, lease.RuleId, lease.EndUtc, draft.GroupKey, cancellationToken) is { } known)
                {
                    if (await ExtendAsync(db, known, (lease, evaluation, draft), now, cancellationToken) is { } alert)
                    {
                        extended.Add(alert);
                    }
                }
                else
                {
                    raised.Add(new Alert(draft.Content, NewOccurrence(lease, evaluation, draft), now));
                }
            }

            if (evaluation.Hold is { } held && !lease.IsHoldWaived && raised.Count + extended.Count > 0)
            {
                db.ChangeTracker.Clear();
                raisedCount = 0;
                return await HoldAsync(db, lease, evaluation, held, now, cancellationToken);
            }

            db.Alerts.AddRange(raised);
            var outcome = evaluation.Drafts.Count > 0 && raised.Count + extended.Count == 0 ? AttemptOutcome.AlreadyAlerted : evaluation.Outcome;
            var sentence = (outcome, raised.Count, extended.Count) switch
            {
                (AttemptOutcome.AlreadyAlerted, _, _) => $"{evaluation.Sentence}; everything found was alerted before",
                (_, _, > 0) => $"{evaluation.Sentence}; {Words.Count(raised.Count, "new alert")}, {Words.Count(extended.Count, "alert")} extended by new rows",
                _ => evaluation.Sentence,
            };
            if (!await EndAsync(db, lease, StatusOf(outcome), sentence, null, cancellationToken))
            {
                return null;
            }

            await LateMarks.SettleAsync(db, lease, evaluation, cancellationToken);
            var attempt = await db.RuleAttempts.SingleAsync(a => a.Id == lease.AttemptId, cancellationToken);
            attempt.EndedUtc = now;
            attempt.Outcome = outcome;
            attempt.Sentence = sentence;
            attempt.MaxBatchSeq = evaluation.MaxBatchSeq;
            attempt.ResultCount = evaluation.ResultCount;
            attempt.AlertCount = raised.Count;
            attempt.BaselineDays = evaluation.BaselineDays;
            attempt.LookbackDays = evaluation.LookbackDays;
            Freeze(db, attempt, evaluation);
            var rule = await db.AnalyticsRules.SingleAsync(r => r.Id == lease.RuleId, cancellationToken);
            rule.Succeeded();
            await db.SaveChangesAsync(cancellationToken);
            raisedCount = raised.Count;
            return new(attempt.Id, lease.EndUtc, outcome, sentence, evaluation.ResultCount, [.. raised.Concat(extended).Select(alert => alert.Id)]);
        }, cancellationToken);
        if (recorded is not null)
        {
            PortalTelemetry.AlertsRaised(lease.Rule.Definition.Severity, raisedCount);
            span?.SetTag("ruleportal.alerts", raisedCount);
        }

        return recorded;
    }

    /// <summary>Ends the attempt without alerts. The rule waits for a person, unless what was evaluated is no longer what it says, or another window holds it already.</summary>
    private static async Task<RecordedRun?> HoldAsync(PortalDbContext db, WindowLease lease, EvaluatedWindow evaluation, string held, DateTime now, CancellationToken cancellationToken)
    {
        var rule = await db.AnalyticsRules.SingleAsync(r => r.Id == lease.RuleId, cancellationToken);
        var (status, words) = rule switch
        {
            { Enabled: false } => (WindowStatus.Skipped, "the rule was disabled meanwhile"),
            { HeldWindowId: not null } => (WindowStatus.Due, "another window holds the rule already, and this one is evaluated again after it"),
            _ when rule.CurrentVersion != lease.Rule.Version => (WindowStatus.Due, "the rule has a new version, which evaluates the window again"),
            _ => (WindowStatus.Held, "the rule waits until a person decides"),
        };
        var sentence = $"{held}; {words}";
        if (!await EndAsync(db, lease, status, sentence, null, cancellationToken))
        {
            return null;
        }

        // It is evaluated again in any case, or never: whatever came late meanwhile needs no mark.
        await LateMarks.SettleAsync(db, lease, evaluation with { MaxBatchSeq = null }, cancellationToken);
        var attempt = await db.RuleAttempts.SingleAsync(a => a.Id == lease.AttemptId, cancellationToken);
        attempt.EndedUtc = now;
        attempt.Outcome = AttemptOutcome.Held;
        attempt.Sentence = sentence;
        attempt.MaxBatchSeq = evaluation.MaxBatchSeq;
        attempt.ResultCount = evaluation.ResultCount;
        attempt.BaselineDays = evaluation.BaselineDays;
        attempt.LookbackDays = evaluation.LookbackDays;
        Freeze(db, attempt, evaluation);
        rule.Succeeded();
        if (status is WindowStatus.Held)
        {
            rule.Hold(lease.WindowId, lease.EndUtc, evaluation.ResultCount ?? 0, now);
            var state = new { windowEndUtc = lease.EndUtc, resultRows = evaluation.ResultCount, holdAbove = lease.Rule.Definition.HoldAbove };
            db.AuditEntries.Add(new AuditEntry(now, Actor.System, AuditActions.RuleHold, RuleStore.Subject(lease.RuleId), before: null, AuditJson.Write(state)) { Detail = sentence });
        }

        await db.SaveChangesAsync(cancellationToken);
        return new(attempt.Id, lease.EndUtc, AttemptOutcome.Held, sentence, evaluation.ResultCount, []);
    }

    /// <summary>Records a failure: the window is due again, or given up; faults of the rule are counted and disable it at the limit.</summary>
    /// <returns>What was written, or null when the lease was lost and nothing was.</returns>
    public async Task<RecordedRun?> FailAsync(WindowLease lease, EvaluationFault fault, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(lease);
        ArgumentNullException.ThrowIfNull(fault);
        return await RecordAsync(lease, async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            var rule = await db.AnalyticsRules.SingleAsync(r => r.Id == lease.RuleId, cancellationToken);
            var disabled = fault.IsRuleFault && rule.Faulted(fault.DisableAfter, fault.Sentence);
            var giveUp = disabled || fault.RetryAtUtc is null;
            var sentence = disabled ? $"{fault.Sentence}; the rule was disabled" : fault.Sentence;
            if (!await EndAsync(db, lease, giveUp ? WindowStatus.Failed : WindowStatus.Due, sentence, giveUp ? null : fault.RetryAtUtc, cancellationToken))
            {
                return null;
            }

            var outcome = fault.IsRuleFault ? AttemptOutcome.RuleFault : AttemptOutcome.TransientFault;
            var attempt = await db.RuleAttempts.SingleAsync(a => a.Id == lease.AttemptId, cancellationToken);
            attempt.EndedUtc = now;
            attempt.Outcome = outcome;
            attempt.Sentence = sentence;
            attempt.Error = fault.Error.Length > 4000 ? fault.Error[..4000] : fault.Error;
            if (disabled)
            {
                await RuleHolds.EndAsync(db, rule, WindowStatus.Skipped, "The rule was disabled by the portal before anybody decided of this window", cancellationToken);
                db.AuditEntries.Add(new AuditEntry(now, Actor.System, AuditActions.RuleDisable, RuleStore.Subject(lease.RuleId), AuditJson.Write(new { enabled = true }), AuditJson.Write(new { enabled = false })) { Detail = sentence });
                await RuleStore.SkipDueWindowsAsync(db, lease.RuleId, "The rule was disabled by the portal before this window was evaluated", cancellationToken);
            }

            await db.SaveChangesAsync(cancellationToken);
            return new(attempt.Id, lease.EndUtc, outcome, sentence, null, []);
        }, cancellationToken);
    }

    /// <summary>Runs the unit in one transaction. Tried again because only the word of its commit was lost, it tells what it wrote and writes nothing more.</summary>
    private async Task<RecordedRun?> RecordAsync(WindowLease lease, Func<PortalDbContext, Task<RecordedRun?>> unit, CancellationToken cancellationToken)
    {
        RecordedRun? recorded = null;
        await contexts.InTransactionAsync(async db =>
        {
            var told = recorded;
            var stands = told is not null && await db.RuleAttempts.AnyAsync(a => a.Id == lease.AttemptId && a.EndedUtc != null && a.Outcome == told.Outcome, cancellationToken);
            recorded = stands ? told : await unit(db);
            return recorded is not null;
        }, cancellationToken);
        return recorded;
    }

    /// <summary>Keeps what was not counted, so that the window can be evaluated so again however the alerts stand then.</summary>
    private static void Freeze(PortalDbContext db, RuleAttempt attempt, EvaluatedWindow evaluation)
    {
        attempt.ExclusionCount = evaluation.Excluded.Count;
        attempt.IsExclusionCut = evaluation.IsExcludedCut;
        db.AttemptExclusions.AddRange(evaluation.Excluded.Select((excluded, ordinal) => new AttemptExclusion
        {
            AttemptId = attempt.Id,
            Ordinal = ordinal,
            AlertId = excluded.Exclusion.AlertId,
            Subject = excluded.Exclusion.Subject.Key,
            StartUtc = excluded.Exclusion.Range.StartUtc,
            EndUtc = excluded.Exclusion.Range.EndUtc,
            Rows = excluded.Rows,
        }));
    }

    private static WindowStatus StatusOf(AttemptOutcome outcome) => outcome switch
    {
        AttemptOutcome.NoData => WindowStatus.NoData,
        AttemptOutcome.Suppressed => WindowStatus.Suppressed,
        _ => WindowStatus.Succeeded,
    };

    /// <summary>The fence: only the lease that is still in force can end its window.</summary>
    private static async Task<bool> EndAsync(PortalDbContext db, WindowLease lease, WindowStatus status, string sentence, DateTime? notBefore, CancellationToken cancellationToken) =>
        await db.RuleWindows
            .Where(w => w.Id == lease.WindowId && w.FencingToken == lease.Token && w.Status == WindowStatus.Running)
            .ExecuteUpdateAsync(
                set => set.SetProperty(w => w.Status, status)
                    .SetProperty(w => w.Outcome, sentence)
                    .SetProperty(w => w.NotBeforeUtc, notBefore)
                    .SetProperty(w => w.DispatchedUtc, (DateTime?)null)
                    .SetProperty(w => w.LeaseOwner, (string?)null)
                    .SetProperty(w => w.LeaseUntilUtc, (DateTime?)null),
                cancellationToken) == 1;

    private static Occurrence NewOccurrence(WindowLease lease, EvaluatedWindow evaluation, AlertDraft draft) => new()
    {
        RuleId = lease.RuleId,
        RuleVersion = lease.Rule.Version,
        WindowStartUtc = evaluation.Window.StartUtc,
        WindowEndUtc = lease.EndUtc,
        GroupKey = draft.GroupKey,
        AttemptId = lease.AttemptId,
        MaxBatchSeq = evaluation.MaxBatchSeq ?? 0,
        TotalRows = draft.Findings.Count,
        Evidence = [.. draft.Findings.Take(Occurrence.MaxEvidenceRows).Select(Evidence)],
    };

    private static EvidenceRow Evidence(Finding finding, int ordinal) => new()
    {
        Ordinal = ordinal,
        GroupKey = finding.GroupKey,
        Subject = finding.Subject.Key,
        Columns = FindingJson.WriteColumns(finding.Columns),
        Explanation = FindingJson.WriteExplanation(finding.Explanation),
    };

    /// <summary>Adds the result rows that an earlier attempt at the same window had not found.</summary>
    private static async Task<Alert?> ExtendAsync(PortalDbContext db, Occurrence known, (WindowLease Lease, EvaluatedWindow Evaluation, AlertDraft Draft) by, DateTime now, CancellationToken cancellationToken)
    {
        var (fresh, kept) = await OccurrenceMatch.NewAsync(db, known, by.Draft, cancellationToken);
        if (fresh.Count == 0)
        {
            return null;
        }

        var extension = new OccurrenceExtension
        {
            AttemptId = by.Lease.AttemptId,
            RuleVersion = by.Lease.Rule.Version,
            MaxBatchSeq = by.Evaluation.MaxBatchSeq ?? 0,
            AddedUtc = now,
            FirstOrdinal = kept,
            Rows = fresh.Count,
        };
        known.Extend(extension, [.. fresh.Take(Occurrence.MaxEvidenceRows - kept).Select((finding, index) => Evidence(finding, kept + index))]);
        var alert = await db.Alerts.Include(a => a.Entities).Include(a => a.Subjects).AsSplitQuery().SingleAsync(a => a.Id == known.AlertId, cancellationToken);
        alert.Extended(fresh, now);
        return alert;
    }
}
