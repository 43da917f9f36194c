using System.Collections.Concurrent;
using System.Data.Common;
using RulePortal.Data.Security;

namespace RulePortal.Web.Security;

/// <summary>Writes down when keys were last used, once a minute and away from the requests, so that no request waits for the database's writer.</summary>
internal sealed partial class ApiKeyUsage(ApiKeyStore keys, TimeProvider time, ILogger<ApiKeyUsage> logger) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<Guid, DateTime> used = new();

    public void Note(Guid key) => used[key] = time.GetUtcNow().UtcDateTime;

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    /// <summary>Writes what was noted since it last did.</summary>
    public async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var key in used.Keys)
        {
            if (used.TryRemove(key, out var at))
            {
                try
                {
                    await keys.NoteUseAsync(key, at, cancellationToken);
                }
                catch (DbException e)
                {
                    used.TryAdd(key, at);
                    Log.NotWritten(logger, e);
                    return;
                }
            }
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await WriteAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // What is left is written by StopAsync.
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "When keys were last used could not be written; tried again in a minute.")]
        public static partial void NotWritten(ILogger logger, Exception exception);
    }
}
