using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Detection.Scheduling;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Ledger;

/// <summary>The schedule of record: which windows there are, which are due, and who may evaluate one.</summary>
/// <remarks>Windows follow from the ledger and the clock alone, never from the job queue, so a lost queue loses nothing.</remarks>
public sealed class WindowLedger(IDbContextFactory<PortalDbContext> contexts, RuleStore rules, TimeProvider clock)
{
    /// <summary>How long a window handed to the queue is taken to be still there.</summary>
    public static readonly TimeSpan DispatchMemory = TimeSpan.FromMinutes(5);

    private const int PlanChunk = 1000;

    private const string WorkerLost = "The worker was lost before it finished; nothing was written";

    private DateTime NowUtc => clock.GetUtcNow().UtcDateTime;

    /// <summary>Puts every window of a rule that is due by now into the ledger.</summary>
    /// <param name="ruleId">The rule; nothing happens when it is disabled or gone.</param>
    /// <param name="delay">How long after its end a window is due.</param>
    /// <param name="catchUp">How far back missed windows are filled; older ones are recorded as Skipped.</param>
    /// <param name="cancellationToken">Stops between chunks; what was planned stays.</param>
    /// <returns>How many windows were added.</returns>
    public async Task<int> PlanAsync(Guid ruleId, TimeSpan delay, TimeSpan catchUp, CancellationToken cancellationToken)
    {
        var added = 0;
        while (await PlanChunkAsync(ruleId, delay, catchUp, cancellationToken) is > 0 and var count)
        {
            added += count;
        }

        return added;
    }

    /// <summary>Takes windows for the queue: each rule's newest first, then the oldest; none that was taken within <see cref="DispatchMemory"/>, and none of a rule that is held.</summary>
    public async Task<IReadOnlyList<DueWindow>> TakeDueAsync(int limit, CancellationToken cancellationToken)
    {
        IReadOnlyList<DueWindow> taken = [];
        await contexts.InTransactionAsync(async db =>
        {
            var now = NowUtc;
            var forgotten = now - DispatchMemory;
            taken = await (
                from window in db.RuleWindows
                join rule in db.AnalyticsRules on window.RuleId equals rule.Id
                where rule.Enabled && rule.HeldWindowId == null
                    && ((window.Status == WindowStatus.Due && (window.NotBeforeUtc == null || window.NotBeforeUtc <= now) && (window.DispatchedUtc == null || window.DispatchedUtc < forgotten || window.DispatchedUtc > now))
                        || (window.Status == WindowStatus.Running && window.LeaseUntilUtc < now))
                orderby window.EndUtc == rule.PlannedToUtc ? 0 : 1, window.EndUtc, window.Id
                select new DueWindow(window.Id, window.RuleId, window.EndUtc == rule.PlannedToUtc))
                .Take(limit)
                .ToListAsync(cancellationToken);
            var ids = taken.Select(window => window.Id).ToList();
            await db.RuleWindows.Where(w => ids.Contains(w.Id)).ExecuteUpdateAsync(set => set.SetProperty(w => w.DispatchedUtc, now), cancellationToken);
            return true;
        }, cancellationToken);
        return taken;
    }

    /// <summary>Forgets what was handed to a queue that no longer exists.</summary>
    public async Task ForgetDispatchedAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.RuleWindows.Where(w => w.DispatchedUtc != null && (w.Status == WindowStatus.Due || w.LateVerdict == LateVerdict.Pending))
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.DispatchedUtc, (DateTime?)null), cancellationToken);
    }

    /// <summary>Makes windows due again whose worker died with its process. Only for a process that knows it is the only one over the store.</summary>
    public async Task ReclaimAsync(CancellationToken cancellationToken)
    {
        await contexts.InTransactionAsync(async db =>
        {
            var now = NowUtc;
            // Their attempts end with them: a window that is skipped before it is leased again would leave one running for ever.
            await db.RuleAttempts.Where(a => a.Outcome == AttemptOutcome.Running)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.Outcome, AttemptOutcome.LeaseLost).SetProperty(a => a.EndedUtc, now).SetProperty(a => a.Sentence, WorkerLost),
                    cancellationToken);
            await db.RuleWindows.Where(w => w.Status == WindowStatus.Running)
                .ExecuteUpdateAsync(set => set.SetProperty(w => w.Status, WindowStatus.Due).SetProperty(w => w.LeaseOwner, (string?)null).SetProperty(w => w.LeaseUntilUtc, (DateTime?)null), cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>Takes the lease of a window by compare-and-set and begins an attempt.</summary>
    /// <returns>The lease, or null when another worker holds it, the window needs nothing, or the rule is disabled, held or gone.</returns>
    public async Task<WindowLease?> LeaseAsync(LeaseRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        WindowLease? lease = null;
        var owner = $"{request.Owner}/{Guid.NewGuid():N}";
        await contexts.InTransactionAsync(async db =>
        {
            lease = null;
            var now = NowUtc;
            if (await OwnLeaseAsync(db, request, owner, cancellationToken) is { } own)
            {
                // The unit was committed, and only the word of it was lost.
                lease = own;
                return true;
            }

            var until = now + request.Length;
            var taken = await db.RuleWindows
                .Where(w => w.Id == request.WindowId
                    && (w.Status == WindowStatus.Due
                        || (w.Status == WindowStatus.Running && w.LeaseUntilUtc < now)
                        || (request.AllowEnded && w.Status != WindowStatus.Running)))
                .ExecuteUpdateAsync(
                    set => set.SetProperty(w => w.Status, WindowStatus.Running)
                        .SetProperty(w => w.LeaseOwner, owner)
                        .SetProperty(w => w.LeaseUntilUtc, until)
                        .SetProperty(w => w.NotBeforeUtc, (DateTime?)null)
                        .SetProperty(w => w.LateVerdict, (LateVerdict?)null)
                        .SetProperty(w => w.LateBatchSeq, (long?)null)
                        .SetProperty(w => w.WithdrawnBatchSeq, (long?)null)
                        .SetProperty(w => w.LateSentence, (string?)null)
                        .SetProperty(w => w.FencingToken, w => w.FencingToken + 1)
                        .SetProperty(w => w.AttemptCount, w => w.AttemptCount + 1),
                    cancellationToken);
            if (taken == 0)
            {
                return false;
            }

            var window = await db.RuleWindows.AsNoTracking().SingleAsync(w => w.Id == request.WindowId, cancellationToken);
            var rule = await RuleStore.SnapshotAsync(db, window.RuleId, cancellationToken);
            if (rule is not { Enabled: true, Hold: null })
            {
                return false;
            }

            await db.RuleAttempts
                .Where(a => a.WindowId == window.Id && a.Outcome == AttemptOutcome.Running)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(a => a.Outcome, AttemptOutcome.LeaseLost)
                        .SetProperty(a => a.EndedUtc, now)
                        .SetProperty(a => a.Sentence, WorkerLost),
                    cancellationToken);
            var attempt = new RuleAttempt
            {
                WindowId = window.Id,
                RuleId = window.RuleId,
                WindowEndUtc = window.EndUtc,
                Kind = window.AttemptCount > 1 && request.Kind is (AttemptKind.Scheduled or AttemptKind.Backfill) ? AttemptKind.Retry : request.Kind,
                RuleVersion = rule.Version,
                FencingToken = window.FencingToken,
                ActorName = request.Actor.Name,
                StartedUtc = now,
                Sentence = "Running",
            };
            db.RuleAttempts.Add(attempt);
            if (request.Kind is AttemptKind.RunNow || (request.Kind is AttemptKind.LateData && request.Actor.Id != Actor.System.Id))
            {
                var asked = AuditJson.Write(new { windowStartUtc = window.StartUtc, windowEndUtc = window.EndUtc, ruleVersion = rule.Version });
                db.AuditEntries.Add(new AuditEntry(now, request.Actor, AuditActions.RuleRun, RuleStore.Subject(window.RuleId), before: null, asked));
            }

            await db.SaveChangesAsync(cancellationToken);
            lease = new(window.Id, window.RuleId, window.EndUtc, window.FencingToken, attempt.Id, window.AttemptCount, rule, window.IsHoldWaived);
            return true;
        }, cancellationToken);
        return lease;
    }

    /// <summary>Makes a rule's due windows due at once: those whose end has passed but whose delay has not, and those waiting to be tried again.</summary>
    /// <returns>The ids of the windows now due, newest first.</returns>
    public async Task<IReadOnlyList<long>> HastenAsync(Guid ruleId, TimeSpan catchUp, CancellationToken cancellationToken)
    {
        await PlanAsync(ruleId, TimeSpan.Zero, catchUp, cancellationToken);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        await db.RuleWindows.Where(w => w.RuleId == ruleId && w.Status == WindowStatus.Due && w.NotBeforeUtc != null)
            .ExecuteUpdateAsync(set => set.SetProperty(w => w.NotBeforeUtc, (DateTime?)null), cancellationToken);
        return await db.RuleWindows.AsNoTracking()
            .Where(w => w.RuleId == ruleId && w.Status == WindowStatus.Due)
            .OrderByDescending(w => w.EndUtc)
            .Select(w => w.Id)
            .BoundedBy("windows of one rule that wait: at most those of the catch-up, and what people had filled")
            .ToListAsync(cancellationToken);
    }

    /// <summary>A window of a rule, or null.</summary>
    public async Task<RuleWindow?> FindAsync(Guid ruleId, long windowId, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await db.RuleWindows.AsNoTracking().SingleOrDefaultAsync(w => w.Id == windowId && w.RuleId == ruleId, cancellationToken);
    }

    /// <summary>The rule's last complete window; it is put into the ledger when it is not there, since a person asked for it.</summary>
    /// <returns>The window's id, or null when there is no such rule.</returns>
    public async Task<long?> LastCompleteAsync(Guid ruleId, CancellationToken cancellationToken)
    {
        var rule = await rules.FindAsync(ruleId, cancellationToken);
        if (rule is null)
        {
            return null;
        }

        var schedule = new QuerySchedule(rule.Definition.QueryFrequency);
        var end = schedule.LastEndAt(NowUtc);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var newest = await db.RuleWindows.AsNoTracking()
            .Where(w => w.RuleId == ruleId && w.EndUtc <= NowUtc && w.Status != WindowStatus.Skipped)
            .OrderByDescending(w => w.EndUtc)
            .Select(w => new { w.Id, w.EndUtc })
            .FirstOrDefaultAsync(cancellationToken);
        if (newest is not null && newest.EndUtc >= end)
        {
            return newest.Id;
        }

        if (await db.RuleWindows.AsNoTracking().SingleOrDefaultAsync(w => w.RuleId == ruleId && w.EndUtc == end, cancellationToken) is { } skipped)
        {
            return skipped.Id;
        }

        var asked = new RuleWindow { RuleId = ruleId, StartUtc = end - rule.Definition.QueryFrequency, EndUtc = end };
        db.RuleWindows.Add(asked);
        await db.SaveChangesAsync(cancellationToken);
        return asked.Id;
    }

    private async Task<int> PlanChunkAsync(Guid ruleId, TimeSpan delay, TimeSpan catchUp, CancellationToken cancellationToken)
    {
        var added = 0;
        await contexts.InTransactionAsync(async db =>
        {
            added = 0;
            var rule = await db.AnalyticsRules.SingleOrDefaultAsync(r => r.Id == ruleId && r.Enabled, cancellationToken);
            if (rule is null)
            {
                return false;
            }

            var snapshot = await RuleStore.SnapshotAsync(db, ruleId, cancellationToken);
            var plan = new WindowPlan
            {
                Schedule = new QuerySchedule(snapshot!.Definition.QueryFrequency),
                EvaluateFromUtc = rule.EvaluateFromUtc,
                LastEndUtc = rule.PlannedToUtc,
                IngestionDelay = delay,
                CatchUpLimit = catchUp,
            };
            var now = NowUtc;
            var planned = plan.DueAt(now).Take(PlanChunk + 1).ToList();
            if (planned.Count == 0)
            {
                return false;
            }

            // The newest of all is live; what came due before it and was not planned then was missed.
            var missed = planned.Count > PlanChunk || planned[^1].IsSkipped ? planned.Take(PlanChunk).ToList() : planned[..^1];
            planned = [.. planned.Take(PlanChunk)];
            await NoteGapAsync(db, ruleId, missed, now, cancellationToken);
            db.RuleWindows.AddRange((await UncoveredAsync(db, ruleId, planned, cancellationToken)).Select(window => new RuleWindow
            {
                RuleId = ruleId,
                StartUtc = window.Range.StartUtc,
                EndUtc = window.Range.EndUtc,
                Status = window.IsSkipped ? WindowStatus.Skipped : WindowStatus.Due,
                Outcome = window.IsSkipped ? RunSentence.Skipped(catchUp) : null,
            }));
            rule.PlannedTo(planned[^1].Range.EndUtc);
            await db.SaveChangesAsync(cancellationToken);
            added = planned.Count;
            return true;
        }, cancellationToken);
        return added;
    }

    /// <summary>What the ledger does not cover of the planned windows. When the clock was set back and the rule enabled again, it covers time that is still to come.</summary>
    private static async Task<IReadOnlyList<PlannedWindow>> UncoveredAsync(PortalDbContext db, Guid ruleId, List<PlannedWindow> planned, CancellationToken cancellationToken)
    {
        var from = planned[0].Range.StartUtc;
        var known = await db.RuleWindows.Where(w => w.RuleId == ruleId && w.EndUtc > from).OrderBy(w => w.EndUtc).BoundedBy("windows of one rule behind the last planned one").ToListAsync(cancellationToken);
        if (known.Count == 0)
        {
            return planned;
        }

        var uncovered = new List<PlannedWindow>();
        foreach (var window in planned)
        {
            var covered = window.Range.StartUtc;
            foreach (var there in known.Where(w => w.EndUtc > window.Range.StartUtc && w.StartUtc < window.Range.EndUtc))
            {
                there.StartUtc = there.StartUtc > covered ? covered : there.StartUtc;
                if (!window.IsSkipped && (there.Status is WindowStatus.Skipped || (there.Status is WindowStatus.Succeeded or WindowStatus.NoData && there.ReadFromUtc > there.StartUtc)))
                {
                    // It has not been read from there on; another evaluation doubles nothing.
                    (there.Status, there.Outcome, there.NotBeforeUtc, there.DispatchedUtc) = (WindowStatus.Due, null, null, null);
                }

                covered = there.EndUtc > covered ? there.EndUtc : covered;
            }

            if (covered < window.Range.EndUtc)
            {
                uncovered.Add(window with { Range = window.Range with { StartUtc = covered } });
            }
        }

        return uncovered;
    }

    private static async Task<WindowLease?> OwnLeaseAsync(PortalDbContext db, LeaseRequest request, string owner, CancellationToken cancellationToken)
    {
        var window = await db.RuleWindows.AsNoTracking().SingleOrDefaultAsync(w => w.Id == request.WindowId && w.LeaseOwner == owner && w.Status == WindowStatus.Running, cancellationToken);
        if (window is null || await RuleStore.SnapshotAsync(db, window.RuleId, cancellationToken) is not { } rule)
        {
            return null;
        }

        var attempt = await db.RuleAttempts.AsNoTracking().SingleAsync(a => a.WindowId == window.Id && a.FencingToken == window.FencingToken, cancellationToken);
        return new(window.Id, window.RuleId, window.EndUtc, window.FencingToken, attempt.Id, window.AttemptCount, rule, window.IsHoldWaived);
    }

    /// <summary>Writes a gap down, or lengthens the one it goes on from.</summary>
    private static async Task NoteGapAsync(PortalDbContext db, Guid ruleId, List<PlannedWindow> missed, DateTime now, CancellationToken cancellationToken)
    {
        if (missed.Count == 0)
        {
            return;
        }

        var (start, end) = (missed[0].Range.StartUtc, missed[^1].Range.EndUtc);
        if (await db.RuleGaps.OrderByDescending(g => g.Id).FirstOrDefaultAsync(g => g.RuleId == ruleId && g.Cause == GapCause.Missed && g.EndUtc == start, cancellationToken) is { } gap)
        {
            gap.EndUtc = end;
        }
        else
        {
            db.RuleGaps.Add(new RuleGap { RuleId = ruleId, StartUtc = start, EndUtc = end, NoticedUtc = now, Cause = GapCause.Missed, ActorName = Actor.System.Name });
        }
    }
}
