using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Evaluates a rule because a person asks: its due windows at once, or with none due the last complete window again.</summary>
internal sealed class RunNowService(RuleStore rules, WindowLedger ledger, RuleRunner runner, HistoryLimit limit, IOptions<SchedulingSettings> options)
{
    /// <summary>Most windows evaluated while the person waits; older due ones are left to the scheduler.</summary>
    public const int MostWindows = 10;

    public async Task<RunNowResult> RunAsync(Guid ruleId, Actor actor, CancellationToken cancellationToken)
    {
        var rule = await rules.FindAsync(ruleId, cancellationToken);
        if (rule is null)
        {
            return new(RunNowOutcome.NotFound, [], 0);
        }

        if (!rule.Enabled)
        {
            return new(RunNowOutcome.Disabled, [], 0);
        }

        if (rule.Hold is not null)
        {
            return new(RunNowOutcome.Held, [], 0);
        }

        var due = await ledger.HastenAsync(ruleId, options.Value.CatchUp, cancellationToken);
        var runs = new List<RecordedRun>();
        foreach (var windowId in due.Take(MostWindows))
        {
            if (await runner.RunAsync(windowId, AttemptKind.RunNow, actor, allowEnded: false, cancellationToken) is { } run)
            {
                runs.Add(run);
            }
        }

        if (due.Count == 0 && await ledger.LastCompleteAsync(ruleId, cancellationToken) is { } last
            && await runner.RunAsync(last, AttemptKind.RunNow, actor, allowEnded: true, cancellationToken) is { } again)
        {
            runs.Add(again);
        }

        return new(runs.Count > 0 ? RunNowOutcome.Ran : RunNowOutcome.AlreadyRunning, runs, Math.Max(0, due.Count - MostWindows));
    }

    /// <summary>Evaluates one window of the ledger again, adding only what was not alerted yet.</summary>
    public async Task<RunNowResult> RunWindowAsync(Guid ruleId, long windowId, Actor actor, CancellationToken cancellationToken)
    {
        var rule = await rules.FindAsync(ruleId, cancellationToken);
        if (rule is null || await ledger.FindAsync(ruleId, windowId, cancellationToken) is not { } window)
        {
            return new(RunNowOutcome.NotFound, [], 0);
        }

        if (!rule.Enabled)
        {
            return new(RunNowOutcome.Disabled, [], 0);
        }

        if (rule.Hold is not null)
        {
            return new(RunNowOutcome.Held, [], 0);
        }

        if (window.EndUtc < await limit.EarliestEndAsync(rule.Definition, cancellationToken))
        {
            return new(RunNowOutcome.BeyondRetention, [], 0);
        }

        var kind = window.LateVerdict is null ? AttemptKind.RunNow : AttemptKind.LateData;
        return await runner.RunAsync(windowId, kind, actor, allowEnded: true, cancellationToken) is { } run
            ? new(RunNowOutcome.Ran, [run], 0)
            : new(RunNowOutcome.AlreadyRunning, [], 0);
    }
}

internal enum RunNowOutcome
{
    /// <summary>At least one window was evaluated.</summary>
    Ran = 0,

    /// <summary>Another worker has the window.</summary>
    AlreadyRunning = 1,

    /// <summary>The rule is disabled.</summary>
    Disabled = 2,

    /// <summary>There is no such rule.</summary>
    NotFound = 3,

    /// <summary>The rule waits for a person to decide of a window with very many result rows.</summary>
    Held = 4,

    /// <summary>Retention has let go of connections the window looks back on.</summary>
    BeyondRetention = 5,
}
