using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>Seals the audit trail within seconds; once a day verifies its chain and then lets go what is past its retention.</summary>
/// <remarks>Not a job of Hangfire's: it must go on when that cannot, and on processes that evaluate nothing. Several processes do no harm to each other.</remarks>
internal sealed partial class AuditKeeper(
    AuditSealer sealer,
    AuditVerifier verifier,
    AuditRetention retention,
    AuditQueries queries,
    IOptions<AuditSettings> options,
    TimeProvider time,
    ILogger<AuditKeeper> logger) : BackgroundService
{
    private static readonly TimeSpan SealEvery = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan VerifyEvery = TimeSpan.FromDays(1);

    /// <summary>Does what is due.</summary>
    public async Task KeepAsync(CancellationToken cancellationToken)
    {
        try
        {
            await sealer.SealAsync(cancellationToken);
            var chain = await queries.ChainAsync(cancellationToken);
            if (chain.Head is { } head && !(head.VerifiedUtc > time.GetUtcNow().UtcDateTime - VerifyEvery))
            {
                await VerifyAsync(cancellationToken);
            }
        }
        catch (Exception e) when (e is DbException or DbUpdateException or InvalidOperationException)
        {
            Log.Failed(logger, e);
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await KeepAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(SealEvery, time);
        try
        {
            do
            {
                await KeepAsync(stoppingToken);
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is sealed by StopAsync.
        }
    }

    private async Task VerifyAsync(CancellationToken cancellationToken)
    {
        var found = await verifier.VerifyAndNoteAsync(cancellationToken);
        if (found.Fault is { } fault)
        {
            Log.Broken(logger, fault.Sentence);
            return;
        }

        Log.Verified(logger, found.Verified, found.End?.ToString());
        var pruning = await retention.PruneAsync(options.Value.Retention, Actor.System, cancellationToken);
        if (pruning.Checkpoint is { } checkpoint)
        {
            Log.Pruned(logger, pruning.Removed, checkpoint.Position);
        }
    }

    private static partial class Log
    {
        // The end of the chain in a log that is kept elsewhere is what a chain made anew is found out by.
        [LoggerMessage(Level = LogLevel.Information, Message = "The audit chain holds: {Count} entries verified, its end is {End}")]
        public static partial void Verified(ILogger logger, long count, string? end);

        [LoggerMessage(Level = LogLevel.Critical, Message = "The audit chain is broken. {Fault}")]
        public static partial void Broken(ILogger logger, string fault);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Count} audit entries past their retention were removed, up to position {Position}")]
        public static partial void Pruned(ILogger logger, long count, long position);

        [LoggerMessage(Level = LogLevel.Error, Message = "The audit trail could not be sealed or verified; tried again soon.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
