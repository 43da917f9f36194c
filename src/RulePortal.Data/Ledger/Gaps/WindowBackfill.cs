using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Scheduling;

namespace RulePortal.Data.Ledger.Gaps;

/// <summary>Fills a span of a rule's past because a person asks: windows it never had, had skipped or gave up become due, behind the live ones.</summary>
/// <remarks>Windows that look back on connections which retention has let go are left out: what was common then would alert now.</remarks>
public sealed class WindowBackfill(IDbContextFactory<PortalDbContext> contexts, HistoryLimit limit, TimeProvider clock)
{
    /// <summary>Most windows of one request.</summary>
    /// <value>2,000: twelve weeks of hours.</value>
    public const int MostWindows = 2000;

    /// <summary>Says what filling the span would come to; writes nothing.</summary>
    public async Task<BackfillResult> PreviewAsync(Guid ruleId, BackfillSpan span, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(span);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return (await WorkAsync(db, ruleId, span, cancellationToken)).Result;
    }

    /// <summary>Makes the span's windows due.</summary>
    public async Task<BackfillResult> StartAsync(Guid ruleId, BackfillSpan span, Actor actor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(span);
        ArgumentNullException.ThrowIfNull(actor);
        var result = new BackfillResult(BackfillOutcome.NotFound);
        await contexts.InTransactionAsync(async db =>
        {
            (result, var added, var reopened) = await WorkAsync(db, ruleId, span, cancellationToken);
            if (result.Outcome is not BackfillOutcome.Previewed)
            {
                return false;
            }

            var now = clock.GetUtcNow().UtcDateTime;
            db.RuleWindows.AddRange(added.Select(window => new RuleWindow { RuleId = ruleId, StartUtc = window.StartUtc, EndUtc = window.EndUtc }));
            db.RuleGaps.Add(new RuleGap { RuleId = ruleId, StartUtc = result.StartUtc!.Value, EndUtc = result.EndUtc!.Value, NoticedUtc = now, Cause = GapCause.Requested, ActorName = actor.Name });
            var state = new { windowStartUtc = result.StartUtc, windowEndUtc = result.EndUtc, added = result.Added, reopened = result.Reopened };
            db.AuditEntries.Add(new AuditEntry(now, actor, AuditActions.RuleBackfill, RuleStore.Subject(ruleId), before: null, AuditJson.Write(state)));
            await db.SaveChangesAsync(cancellationToken);
            foreach (var some in reopened.Chunk(500))
            {
                await db.RuleWindows.Where(w => some.Contains(w.Id)).ExecuteUpdateAsync(
                    set => set.SetProperty(w => w.Status, WindowStatus.Due)
                        .SetProperty(w => w.Outcome, (string?)null)
                        .SetProperty(w => w.NotBeforeUtc, (DateTime?)null)
                        .SetProperty(w => w.DispatchedUtc, (DateTime?)null),
                    cancellationToken);
            }

            result = result with { Outcome = BackfillOutcome.Started };
            return true;
        }, cancellationToken);
        return result;
    }

    private static string? Fault(BackfillSpan span, TimeSpan frequency) =>
        span.ToUtc <= span.FromUtc ? "The end must be after the beginning."
        : (span.ToUtc - span.FromUtc) / frequency > MostWindows ? $"The span has more than {MostWindows:N0} windows, the most of one request; take a shorter one."
        : null;

    private async Task<(BackfillResult Result, List<TimeRange> Added, List<long> Reopened)> WorkAsync(PortalDbContext db, Guid ruleId, BackfillSpan span, CancellationToken cancellationToken)
    {
        if (await RuleStore.SnapshotAsync(db, ruleId, cancellationToken) is not { } rule)
        {
            return (new(BackfillOutcome.NotFound), [], []);
        }

        if (!rule.Enabled)
        {
            return (new(BackfillOutcome.Disabled), [], []);
        }

        var schedule = new QuerySchedule(rule.Definition.QueryFrequency);
        if (Fault(span, schedule.Frequency) is { } fault)
        {
            return (new(BackfillOutcome.Invalid, fault), [], []);
        }

        var windows = new BackfillPlan(schedule, new TimeRange(span.FromUtc, span.ToUtc), clock.GetUtcNow().UtcDateTime - span.Delay).Windows().ToList();
        if (windows.Count == 0)
        {
            return (new(BackfillOutcome.Invalid, "No window of the rule has ended in this span yet."), [], []);
        }

        var (start, end) = (windows[0].StartUtc, windows[^1].EndUtc);
        var known = await db.RuleWindows.AsNoTracking()
            .Where(w => w.RuleId == ruleId && w.EndUtc > start && w.StartUtc < end)
            .OrderBy(w => w.EndUtc)
            .Select(w => new { w.Id, w.StartUtc, w.EndUtc, w.Status })
            .BoundedBy("windows of one rule in a span of at most MostWindows")
            .ToListAsync(cancellationToken);
        var ends = known.ToDictionary(w => w.EndUtc);
        var earliest = await limit.EarliestEndAsync(db, rule.Definition, cancellationToken);
        var beyond = windows.Count(window => window.EndUtc < earliest && IsOpen(window));
        var (added, covered) = (new List<TimeRange>(), 0);
        var at = 0;
        foreach (var window in windows.Where(window => window.EndUtc >= earliest && !ends.ContainsKey(window.EndUtc)))
        {
            while (at < known.Count && known[at].EndUtc <= window.StartUtc)
            {
                at++;
            }

            if (at < known.Count && known[at].StartUtc < window.EndUtc)
            {
                covered++;
            }
            else
            {
                added.Add(window);
            }
        }

        var found = windows.Where(window => ends.ContainsKey(window.EndUtc)).Select(window => ends[window.EndUtc]).ToList();
        var missed = found.Where(w => w.Status is WindowStatus.Skipped or WindowStatus.Failed).ToList();
        var reopened = missed.Where(w => w.EndUtc >= earliest).Select(w => w.Id).ToList();
        var waiting = found.Count(w => w.Status is WindowStatus.Due or WindowStatus.Running or WindowStatus.Held);
        var outcome = added.Count + reopened.Count > 0 ? BackfillOutcome.Previewed : BackfillOutcome.NothingToDo;
        return (new(outcome, null, start, end, added.Count, reopened.Count, waiting, found.Count - missed.Count - waiting, covered, beyond), added, reopened);

        bool IsOpen(TimeRange window) => !ends.TryGetValue(window.EndUtc, out var w) || w.Status is WindowStatus.Skipped or WindowStatus.Failed;
    }
}

/// <summary>What became of the wish to fill a span.</summary>
public enum BackfillOutcome
{
    /// <summary>It can be filled; nothing was written.</summary>
    Previewed = 0,

    /// <summary>Its windows are due.</summary>
    Started = 1,

    /// <summary>Every window of it is evaluated or waits already.</summary>
    NothingToDo = 2,

    /// <summary>The span is none, or too long.</summary>
    Invalid = 3,

    /// <summary>The rule is disabled, so nothing would evaluate the windows.</summary>
    Disabled = 4,

    /// <summary>There is no such rule.</summary>
    NotFound = 5,
}

/// <summary>What filling a span comes to.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Fault">What is wrong with the span, as a sentence, or null.</param>
/// <param name="StartUtc">Start of the first window, or null when there is none. UTC.</param>
/// <param name="EndUtc">End of the last one. UTC.</param>
/// <param name="Added">Windows the rule never had.</param>
/// <param name="Reopened">Windows that were skipped or given up, and are due again.</param>
/// <param name="Waiting">Windows that wait or run already.</param>
/// <param name="Evaluated">Windows evaluated before; they stay as they are.</param>
/// <param name="Covered">Windows left out because windows of another frequency cover their time.</param>
/// <param name="Beyond">Windows left out because retention has let go of connections they look back on.</param>
public sealed record BackfillResult(
    BackfillOutcome Outcome,
    string? Fault = null,
    DateTime? StartUtc = null,
    DateTime? EndUtc = null,
    int Added = 0,
    int Reopened = 0,
    int Waiting = 0,
    int Evaluated = 0,
    int Covered = 0,
    int Beyond = 0)
{
    /// <summary>Windows to be evaluated because of it.</summary>
    public int Windows => Added + Reopened;
}

/// <summary>The windows a person wants filled.</summary>
/// <param name="FromUtc">Begin. UTC.</param>
/// <param name="ToUtc">End. UTC.</param>
/// <param name="Delay">How long after its end a window is due; younger ones are left to the schedule.</param>
public sealed record BackfillSpan(DateTime FromUtc, DateTime ToUtc, TimeSpan Delay);
