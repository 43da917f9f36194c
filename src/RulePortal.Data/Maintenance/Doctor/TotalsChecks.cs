using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using RulePortal.Detection.Wording;
using static RulePortal.Data.Maintenance.Doctor.CheckContext;

namespace RulePortal.Data.Maintenance.Doctor;

/// <summary>What is kept beside the rows agrees with them.</summary>
internal static class TotalsChecks
{
    private const string Recount = "Only what people are shown is wrong, no evaluation. Set Rows to what is counted.";

    public static IReadOnlyList<StoreCheck> All { get; } =
    [
        new("hours.rows", "The rows of every hour are counted right", HoursAsync),
        new("sources.rows", "The rows of every machine are counted right", SourcesAsync),
    ];

    private static async IAsyncEnumerable<StoreFault> HoursAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As many entries as the store has hours.
        var counted = await context.Db.Connections
            .GroupBy(row => row.TimeGenerated / TimeSpan.TicksPerHour)
            .Select(hour => new { hour.Key, Rows = hour.LongCount() })
            .BoundedBy("one row an hour")
            .ToDictionaryAsync(hour => new DateTime(hour.Key * TimeSpan.TicksPerHour, DateTimeKind.Utc), hour => hour.Rows, cancellationToken);
        await foreach (var hour in context.Db.ConnectionHours.Streamed(cancellationToken))
        {
            counted.Remove(hour.HourUtc, out var rows);
            if (rows != hour.Rows)
            {
                yield return new StoreFault("ConnectionHours", Words($"{hour.HourUtc:yyyy-MM-dd HH:mm}"), Words($"The hour says {hour.Rows} rows and has {rows}."), Recount);
            }
        }

        foreach (var (hour, rows) in counted)
        {
            yield return new StoreFault("ConnectionHours", Words($"{hour:yyyy-MM-dd HH:mm}"), Words($"The hour has {rows} rows and is missing."), Recount);
        }
    }

    private static async IAsyncEnumerable<StoreFault> SourcesAsync(CheckContext context, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // As many entries as there are machines.
        var counted = await context.Db.Connections
            .GroupBy(row => row.ComputerId)
            .Select(source => new { source.Key, Rows = source.LongCount() })
            .BoundedBy("one row a source")
            .ToDictionaryAsync(source => source.Key, source => source.Rows, cancellationToken);
        await foreach (var source in context.Db.ConnectionSources.Streamed(cancellationToken))
        {
            counted.Remove(source.ComputerId, out var rows);
            if (rows != source.Rows)
            {
                yield return new StoreFault("ConnectionSources", Words($"{source.ComputerId}"), Words($"The machine says {source.Rows} rows and has {rows}."), Recount);
            }
        }

        foreach (var (computer, rows) in counted)
        {
            yield return new StoreFault("ConnectionSources", Words($"{computer}"), Words($"The machine has {rows} rows and is missing."), Recount);
        }
    }
}
