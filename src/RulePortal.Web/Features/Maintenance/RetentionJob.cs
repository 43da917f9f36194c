using Hangfire;
using Microsoft.Extensions.Options;
using RulePortal.Data.Auditing;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Maintenance;

/// <summary>Once a day: lets go what is past its retention.</summary>
internal sealed partial class RetentionJob(RetentionSweep sweep, IOptions<RetentionSettings> options, ILogger<RetentionJob> logger)
{
    public const string RecurringId = "retention";

    [AutomaticRetry(Attempts = 3)]
    [DisableConcurrentExecution(timeoutInSeconds: 30)]
    [JobDisplayName("Let go what is past its retention")]
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var result = await sweep.RunAsync(options.Value.ToPolicy(), Actor.System, cancellationToken);
        foreach (var line in result.Removed.Where(line => line.Rows > 0))
        {
            Log.Removed(logger, line.Rows, line.Part.ToString(), line.KeptFromUtc, result.LongestTransaction.TotalMilliseconds);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Information, Message = "{Rows} of {Part} from before {KeptFrom:O} were removed; the longest transaction of the run took {Milliseconds:0} ms")]
        public static partial void Removed(ILogger logger, long rows, string part, DateTime keptFrom, double milliseconds);
    }
}
