using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Alerts;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Ledger.Holds;

/// <summary>Ends the wait of a rule whose window made more result rows than it may alert on by itself.</summary>
/// <remarks>A new version ends it too: the window is due again and judged by that version. Disabling the rule skips the window with those that are due.</remarks>
public sealed class RuleHolds(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    /// <summary>Decides what becomes of the window and lets the rule go on.</summary>
    /// <param name="ruleId">The rule.</param>
    /// <param name="windowId">The window that holds it; said, so that a repeat cannot decide of another one.</param>
    /// <param name="decision">What becomes of the window.</param>
    /// <param name="actor">Who decides.</param>
    /// <param name="cancellationToken">Stops before anything is written.</param>
    public async Task<HoldOutcome> ReleaseAsync(Guid ruleId, long windowId, HoldDecision decision, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(actor);
        var outcome = HoldOutcome.NotFound;
        await contexts.InTransactionAsync(async db =>
        {
            var rule = await db.AnalyticsRules.SingleOrDefaultAsync(r => r.Id == ruleId, cancellationToken);
            if (rule is null || !await db.RuleWindows.AnyAsync(w => w.Id == windowId && w.RuleId == ruleId, cancellationToken))
            {
                outcome = HoldOutcome.NotFound;
                return false;
            }

            if (rule.HeldWindowId != windowId)
            {
                outcome = HoldOutcome.NotHeld;
                return false;
            }

            var before = AuditJson.Write(new { windowEndUtc = rule.HeldWindowEndUtc, resultRows = rule.HeldResultCount });
            var window = await EndAsync(db, rule, decision is HoldDecision.Alert ? WindowStatus.Due : WindowStatus.Skipped, $"Held with {Words.Count(rule.HeldResultCount ?? 0, "result row")}, and skipped by {actor.Name}", cancellationToken);
            window!.IsHoldWaived = decision is HoldDecision.Alert;
            db.AuditEntries.Add(new AuditEntry(clock.GetUtcNow().UtcDateTime, actor, AuditActions.RuleRelease, RuleStore.Subject(ruleId), before, AuditJson.Write(new { decision = decision.ToString() })));
            await db.SaveChangesAsync(cancellationToken);
            outcome = HoldOutcome.Released;
            return true;
        }, cancellationToken);
        return outcome;
    }

    /// <summary>Ends the hold of a tracked rule, if it is held, and moves its window on.</summary>
    /// <returns>The window, or null.</returns>
    internal static async Task<RuleWindow?> EndAsync(PortalDbContext db, AnalyticsRule rule, WindowStatus status, string skipped, CancellationToken cancellationToken)
    {
        if (rule.EndHold() is not { } windowId || await db.RuleWindows.SingleOrDefaultAsync(w => w.Id == windowId, cancellationToken) is not { } window)
        {
            return null;
        }

        window.Status = status;
        window.Outcome = status is WindowStatus.Skipped ? skipped : null;
        window.DispatchedUtc = null;
        return window;
    }
}

/// <summary>What a person decides of a window that holds its rule.</summary>
public enum HoldDecision
{
    /// <summary>The window is evaluated again and alerts, however many result rows it has.</summary>
    Alert = 0,

    /// <summary>The window is left out; a backfill can take it up again.</summary>
    Skip = 1,
}

/// <summary>What came of a decision about a held rule.</summary>
public enum HoldOutcome
{
    /// <summary>The rule goes on.</summary>
    Released = 0,

    /// <summary>The window does not hold the rule, or no longer; nothing was changed.</summary>
    NotHeld = 1,

    /// <summary>There is no such rule or window of it.</summary>
    NotFound = 2,
}
