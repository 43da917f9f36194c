using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Ledger.Late;

/// <summary>Windows whose rows came or went after they were evaluated: hands them out and keeps what another evaluation would say. Writes no alert.</summary>
public sealed class LateWindows(IDbContextFactory<PortalDbContext> contexts, TimeProvider clock)
{
    private const int SentenceLength = 1000;
    private const string Beyond = "Retention has let go of connections the window looks back on: evaluated again, what was common would look rare";

    /// <summary>Takes marked windows of enabled rules, the oldest first; none that was taken within <see cref="WindowLedger.DispatchMemory"/>.</summary>
    public async Task<IReadOnlyList<LateWindow>> TakeAsync(int limit, CancellationToken cancellationToken)
    {
        List<LateWindow> taken = [];
        await contexts.InTransactionAsync(async db =>
        {
            var now = clock.GetUtcNow().UtcDateTime;
            taken = await Waiting(db, now)
                .OrderBy(window => window.EndUtc).ThenBy(window => window.Id)
                .Select(window => new LateWindow(window.Id, window.RuleId, window.EndUtc, now))
                .Take(limit)
                .ToListAsync(cancellationToken);
            var ids = taken.ConvertAll(window => window.Id);
            await db.RuleWindows.Where(w => ids.Contains(w.Id)).ExecuteUpdateAsync(set => set.SetProperty(w => w.DispatchedUtc, now), cancellationToken);
            return taken.Count > 0;
        }, cancellationToken);
        return taken;
    }

    /// <summary>Whether windows of enabled rules wait to be taken.</summary>
    public async Task<bool> AnyAsync(CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        return await Waiting(db, clock.GetUtcNow().UtcDateTime).AnyAsync(cancellationToken);
    }

    /// <summary>Keeps what another evaluation of the window says against the last one.</summary>
    /// <param name="window">As it was taken.</param>
    /// <param name="evaluation">What an evaluation came to now.</param>
    /// <param name="cancellationToken">Stops it; nothing is kept then.</param>
    /// <returns>The verdict, or null when the window was marked, leased or judged since it was taken.</returns>
    public async Task<LateVerdict?> JudgeAsync(LateWindow window, EvaluatedWindow evaluation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(window);
        ArgumentNullException.ThrowIfNull(evaluation);
        LateVerdict? kept = null;
        await contexts.InTransactionAsync(async db =>
        {
            var last = await db.RuleAttempts.AsNoTracking()
                .Where(a => a.WindowId == window.Id && a.Outcome != AttemptOutcome.Running && a.Outcome != AttemptOutcome.LeaseLost)
                .OrderByDescending(a => a.Id)
                .FirstOrDefaultAsync(cancellationToken);
            var waived = await db.RuleWindows.AnyAsync(w => w.Id == window.Id && w.IsHoldWaived, cancellationToken);
            var (verdict, sentence) = evaluation.LookbackFromUtc < await HistoryLimit.KeptFromAsync(db, cancellationToken)
                ? (LateVerdict.BeyondRetention, Beyond)
                : Judge(waived ? evaluation with { Hold = null } : evaluation, last, await AddedAsync(db, window, evaluation, cancellationToken));
            var changed = await db.RuleWindows
                .Where(w => w.Id == window.Id && w.LateVerdict == LateVerdict.Pending && w.DispatchedUtc == window.TakenUtc && w.Status != WindowStatus.Running)
                .ExecuteUpdateAsync(
                    set => set.SetProperty(w => w.LateVerdict, verdict).SetProperty(w => w.LateSentence, sentence).SetProperty(w => w.DispatchedUtc, (DateTime?)null),
                    cancellationToken);
            kept = changed == 1 ? verdict : null;
            return changed == 1;
        }, cancellationToken);
        return kept;
    }

    private static IQueryable<RuleWindow> Waiting(PortalDbContext db, DateTime now)
    {
        var forgotten = now - WindowLedger.DispatchMemory;
        return
            from window in db.RuleWindows
            join rule in db.AnalyticsRules on window.RuleId equals rule.Id
            where rule.Enabled && rule.HeldWindowId == null && window.LateVerdict == LateVerdict.Pending
                && (window.Status == WindowStatus.Succeeded || window.Status == WindowStatus.NoData)
                && (window.DispatchedUtc == null || window.DispatchedUtc < forgotten || window.DispatchedUtc > now)
            select window;
    }

    /// <summary>New alerts the evaluation asks for, and alerts it has new rows for.</summary>
    private static async Task<(int Raised, int Extended)> AddedAsync(PortalDbContext db, LateWindow window, EvaluatedWindow evaluation, CancellationToken cancellationToken)
    {
        var (raised, extended) = (0, 0);
        foreach (var draft in evaluation.Drafts)
        {
            var known = await OccurrenceMatch.FindAsync(db, window.RuleId, window.EndUtc, draft.GroupKey, cancellationToken);
            raised += known is null ? 1 : 0;
            extended += known is not null && (await OccurrenceMatch.NewAsync(db, known, draft, cancellationToken)).Fresh.Count > 0 ? 1 : 0;
        }

        return (raised, extended);
    }

    private static (LateVerdict Verdict, string Sentence) Judge(EvaluatedWindow evaluation, RuleAttempt? last, (int Raised, int Extended) added)
    {
        var alerts = (added.Raised, added.Extended) switch
        {
            (0, var more) => $"{Words.Count(more, "alert")} would get new rows",
            (var fresh, 0) => $"{Words.Count(fresh, "new alert")}",
            var (fresh, more) => $"{Words.Count(fresh, "new alert")}, and {Words.Count(more, "alert")} would get new rows",
        };
        var same = last is not null && last.ResultCount == evaluation.ResultCount && Alerted(last.Outcome) == Alerted(evaluation.Outcome)
            && (last.Outcome == evaluation.Outcome || Alerted(last.Outcome));
        var (verdict, words) = added is not (0, 0) && evaluation.Hold is { } hold ? (LateVerdict.WouldAlert, $"Would now be held ({alerts} otherwise): {hold}")
            : added is not (0, 0) ? (LateVerdict.WouldAlert, $"Would now alert ({alerts}): {evaluation.Sentence}")
            : same ? (LateVerdict.Unchanged, $"Unchanged: {evaluation.Sentence}")
            : last is not null && Alerted(last.Outcome) && !Alerted(evaluation.Outcome) ? (LateVerdict.Changed, $"Would no longer alert; what was alerted stays: {evaluation.Sentence}")
            : (LateVerdict.Changed, $"No new alert, but other numbers: {evaluation.Sentence}");
        return (verdict, words.Length > SentenceLength ? words[..SentenceLength] : words);
    }

    private static bool Alerted(AttemptOutcome outcome) => outcome is AttemptOutcome.Alerted or AttemptOutcome.AlreadyAlerted;
}

/// <summary>A window whose rows came or went after it was evaluated, taken to be judged.</summary>
/// <param name="Id">The window.</param>
/// <param name="RuleId">Its rule.</param>
/// <param name="EndUtc">Its end. UTC.</param>
/// <param name="TakenUtc">When it was taken; a mark that comes later undoes the taking. UTC.</param>
public sealed record LateWindow(long Id, Guid RuleId, DateTime EndUtc, DateTime TakenUtc);

/// <summary>What rows that came or went after a window was evaluated would change in it.</summary>
public enum LateVerdict
{
    /// <summary>Not looked at yet.</summary>
    Pending = 1,

    /// <summary>The same outcome with as many result rows.</summary>
    Unchanged = 2,

    /// <summary>Another outcome or other numbers, but nothing to alert that was not alerted.</summary>
    Changed = 3,

    /// <summary>It would now alert, or add rows to an alert.</summary>
    WouldAlert = 4,

    /// <summary>Cannot be said any more: retention has let go of connections the window looks back on.</summary>
    BeyondRetention = 5,
}
