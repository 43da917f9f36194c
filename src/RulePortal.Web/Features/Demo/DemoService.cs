using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using RulePortal.Web.Features.Demo.Generator;

namespace RulePortal.Web.Features.Demo;

/// <summary>Fills the demo's store before the first page can be opened, and adds each minute as it passes.</summary>
internal sealed partial class DemoService(DemoStore store, IOptions<DemoSettings> settings, TimeProvider time, ILogger<DemoService> logger) : BackgroundService, IHostedLifecycleService
{
    /// <summary>How many of the last hours are evaluated at the start.</summary>
    public const int EvaluatedHours = 48;

    private bool isOurs;

    private DateTime ThisMinuteUtc
    {
        get
        {
            var now = time.GetUtcNow().UtcDateTime;
            return now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute));
        }
    }

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        if (!settings.Value.Enabled)
        {
            return;
        }

        var content = await store.ContentAsync(cancellationToken);
        isOurs = content is not StoreContent.Real;
        if (!isOurs)
        {
            Log.NotOurs(logger);
            return;
        }

        var now = ThisMinuteUtc;
        if (content is StoreContent.Nothing)
        {
            Log.Filling(logger, DemoConnections.Days);
            await store.EvaluateFromAsync(now.Date.AddHours(now.Hour - EvaluatedHours), cancellationToken);
        }

        var started = time.GetTimestamp();
        var stored = await CatchUpAsync(now, cancellationToken);
        Log.Filled(logger, stored, time.GetElapsedTime(started).TotalSeconds);
    }

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (isOurs)
        {
            var now = time.GetUtcNow().UtcDateTime;
            await Task.Delay(ThisMinuteUtc.AddMinutes(1) - now, time, stoppingToken);
            try
            {
                await CatchUpAsync(ThisMinuteUtc, stoppingToken);
            }
            catch (Exception e) when (e is DbException or DbUpdateException or IOException)
            {
                // The next minute tries again, from where this one failed.
                Log.Failed(logger, e);
            }
        }
    }

    private async Task<int> CatchUpAsync(DateTime toUtc, CancellationToken cancellationToken)
    {
        var oldest = toUtc.AddDays(-DemoConnections.Days);
        var from = await store.FilledToAsync(cancellationToken) is { } filled && filled > oldest ? filled : oldest;
        return await store.FillAsync(from, toUtc, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "This is a demo: its connections are generated. Filling the empty store with {Days} days of them.")]
        public static partial void Filling(ILogger logger, int days);

        [LoggerMessage(Level = LogLevel.Information, Message = "{Records} generated connections stored in {Seconds:0.0} s. While this runs, each minute adds its own.")]
        public static partial void Filled(ILogger logger, int records, double seconds);

        [LoggerMessage(Level = LogLevel.Warning, Message = "--demo adds nothing: this store holds connections that were not generated. Give the demo a Storage:DataDirectory of its own.")]
        public static partial void NotOurs(ILogger logger);

        [LoggerMessage(Level = LogLevel.Warning, Message = "The generated connections of this minute could not be stored; the next minute tries again.")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
