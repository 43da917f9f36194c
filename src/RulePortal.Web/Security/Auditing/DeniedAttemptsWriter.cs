using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Security;

/// <summary>Writes denied attempts into the trail, away from the requests.</summary>
internal sealed partial class DeniedAttemptsWriter(DeniedAttempts attempts, AuditRecorder recorder, TimeProvider time, ILogger<DeniedAttemptsWriter> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    private readonly SemaphoreSlim writing = new(1);
    private IReadOnlyList<AuditEntry> waiting = [];

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(all: true, cancellationToken);
    }

    /// <summary>Writes what is ready, or all of it.</summary>
    public async Task WriteAsync(bool all, CancellationToken cancellationToken)
    {
        await writing.WaitAsync(cancellationToken);
        try
        {
            // While the store is away nothing more is taken: what comes in is bounded where it is gathered.
            waiting = waiting.Count > 0 ? waiting : attempts.Take(all);
            if (waiting.Count > 0)
            {
                await recorder.AppendAsync(waiting, cancellationToken);
                waiting = [];
            }
        }
        catch (Exception e) when (e is DbException or DbUpdateException)
        {
            Log.NotWritten(logger, e, waiting.Count);
        }
        finally
        {
            writing.Release();
        }
    }

    public override void Dispose()
    {
        writing.Dispose();
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(all: false, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written by StopAsync.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} denied attempts could not be written to the audit trail; tried again soon.")]
        public static partial void NotWritten(ILogger logger, Exception exception, int count);
    }
}
