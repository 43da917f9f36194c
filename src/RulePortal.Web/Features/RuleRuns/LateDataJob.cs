using Hangfire;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Says of windows whose rows came or went after they were evaluated what another evaluation would change; where the settings want it, evaluates them again.</summary>
internal sealed partial class LateDataJob(
    LateWindows late,
    RuleStore rules,
    RuleEvaluator evaluator,
    RuleRunner runner,
    IOptions<SchedulingSettings> options,
    TimeProvider clock,
    ILogger<LateDataJob> logger)
{
    private const int AtOnce = 20;

    /// <summary>Shorter than the time to the next dispatch, so that missed windows get the worker in between.</summary>
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(40);

    [AutomaticRetry(Attempts = 0, LogEvents = false)]
    [JobDisplayName("Look at late data")]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var begun = clock.GetTimestamp();
        while (clock.GetElapsedTime(begun) < Turn && await late.TakeAsync(AtOnce, cancellationToken) is { Count: > 0 } windows)
        {
            foreach (var window in windows)
            {
                await LookAsync(window, cancellationToken);
            }
        }
    }

    private async Task LookAsync(LateWindow window, CancellationToken cancellationToken)
    {
        using var deadline = new CancellationTokenSource(options.Value.TimeLimit, clock);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        try
        {
            if (await rules.FindAsync(window.RuleId, stop.Token) is not { Enabled: true } rule)
            {
                return;
            }

            var verdict = await late.JudgeAsync(window, await evaluator.EvaluateAsync(rule, window.EndUtc, stop.Token), stop.Token);
            Log.Judged(logger, window.RuleId, window.EndUtc, verdict);
            if (options.Value.ReevaluateLateData && verdict is (LateVerdict.WouldAlert or LateVerdict.Changed))
            {
                await runner.RunAsync(window.Id, AttemptKind.LateData, Actor.System, allowEnded: true, cancellationToken);
            }
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The mark stays, so the window is taken again later.
            Log.Failed(logger, exception, window.RuleId, window.EndUtc);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "Rule {RuleId}, window to {WindowEnd:O}: data changed after it was evaluated; {Verdict}")]
        public static partial void Judged(ILogger logger, Guid ruleId, DateTime windowEnd, LateVerdict? verdict);

        [LoggerMessage(Level = LogLevel.Warning, Message = "Rule {RuleId}, window to {WindowEnd:O}: what late data would change could not be seen")]
        public static partial void Failed(ILogger logger, Exception exception, Guid ruleId, DateTime windowEnd);
    }
}
