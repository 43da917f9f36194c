using System.Diagnostics;
using System.Diagnostics.Metrics;
using RulePortal.Data.Connections;
using RulePortal.Data.Health;
using RulePortal.Data.Intake;
using RulePortal.Data.Ledger;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Telemetry;

/// <summary>What the portal measures of its own work. Labels are names of enums alone: never a rule, a machine or a text of the telemetry.</summary>
public static class PortalTelemetry
{
    /// <summary>Name of the meter and of the source of spans.</summary>
    public const string Name = "RulePortal";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Batches = Meter.CreateCounter<long>("ruleportal.ingest.batches", "{batch}", "Batches that were to be stored, by what became of them.");
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("ruleportal.ingest.rows", "{row}", "Connections stored.");
    private static readonly Counter<long> Rejected = Meter.CreateCounter<long>("ruleportal.ingest.rejected_rows", "{row}", "Rows refused, kept with their reasons or not.");
    private static readonly Histogram<double> Storing = Meter.CreateHistogram<double>("ruleportal.ingest.duration", "s", "Storing one batch, waiting for the batches before it included.", advice: Seconds());
    private static readonly Counter<long> Runs = Meter.CreateCounter<long>("ruleportal.evaluation.runs", "{run}", "Evaluations, by how they ended and why they were made.");
    private static readonly Counter<long> Results = Meter.CreateCounter<long>("ruleportal.evaluation.result_rows", "{row}", "Result rows found.");
    private static readonly Histogram<double> Evaluating = Meter.CreateHistogram<double>("ruleportal.evaluation.duration", "s", "One evaluation, its alerts written.", advice: Seconds());
    private static readonly Histogram<double> Delay = Meter.CreateHistogram<double>("ruleportal.evaluation.delay", "s", "From a window's end to the start of its scheduled evaluation, the wait for late rows included.", advice: new() { HistogramBucketBoundaries = [60, 180, 300, 330, 360, 420, 600, 900, 1800, 3600, 7200] });
    private static readonly Counter<long> Alerts = Meter.CreateCounter<long>("ruleportal.alerts.raised", "{alert}", "Alerts raised, by severity.");
    private static readonly Counter<long> Removed = Meter.CreateCounter<long>("ruleportal.retention.removed_rows", "{row}", "Rows let go because of their age, by what they are.");

    /// <summary>Where spans begin: <c>ingest</c>, <c>dispatch</c>, <c>evaluate</c>, <c>alert</c>.</summary>
    public static ActivitySource Activities { get; } = new(Name);

    /// <summary>Begins the span of a batch.</summary>
    public static Activity? StartIngest(BatchOrigin origin) => Activities.StartActivity("ingest")?.SetTag("ruleportal.origin", Text(origin));

    /// <summary>Begins the span of an evaluation.</summary>
    public static Activity? StartEvaluation(WindowLease lease, AttemptKind kind)
    {
        ArgumentNullException.ThrowIfNull(lease);
        return Activities.StartActivity("evaluate")?
            .SetTag("ruleportal.rule.id", lease.RuleId)
            .SetTag("ruleportal.window.end", lease.EndUtc)
            .SetTag("ruleportal.attempt", lease.Attempt)
            .SetTag("ruleportal.kind", Text(kind));
    }

    /// <summary>Counts a batch that was looked at to its end.</summary>
    /// <param name="span">Its span.</param>
    /// <param name="origin">Which way it came.</param>
    /// <param name="result">What became of it.</param>
    /// <param name="took">How long storing took.</param>
    public static void Ingested(Activity? span, BatchOrigin origin, BatchResult result, TimeSpan took)
    {
        ArgumentNullException.ThrowIfNull(result);
        Batch(origin, Text(result.Status), took);
        if (result.Status is BatchStatus.Stored)
        {
            Rows.Add(result.Stored, Tag("origin", Text(origin)));
        }

        if (result.Status is BatchStatus.Stored or BatchStatus.Refused && result.Rejected > 0)
        {
            Rejected.Add(result.Rejected, Tag("origin", Text(origin)));
        }

        span?.SetTag("ruleportal.outcome", Text(result.Status)).SetTag("ruleportal.batch", result.Seq).SetTag("ruleportal.rows", result.Stored).SetTag("ruleportal.rejected_rows", result.Rejected);
    }

    /// <summary>Counts a batch that could not be stored: a fault of the store, or whoever waited went away.</summary>
    public static void IngestFailed(Activity? span, BatchOrigin origin, Exception exception, TimeSpan took)
    {
        ArgumentNullException.ThrowIfNull(exception);
        Batch(origin, exception is OperationCanceledException ? "cancelled" : "failed", took);
        Fail(span, exception);
    }

    /// <summary>Counts an evaluation.</summary>
    /// <param name="span">Its span.</param>
    /// <param name="kind">Why it was made.</param>
    /// <param name="run">What was recorded, or null when the lease was lost.</param>
    /// <param name="took">How long it took.</param>
    /// <param name="delay">From the window's end to the start.</param>
    public static void Evaluated(Activity? span, AttemptKind kind, RecordedRun? run, TimeSpan took, TimeSpan delay)
    {
        var outcome = Text(run?.Outcome ?? AttemptOutcome.LeaseLost);
        Runs.Add(1, Tag("outcome", outcome), Tag("kind", Text(kind)));
        Evaluating.Record(took.TotalSeconds, Tag("outcome", outcome));
        if (kind is AttemptKind.Scheduled)
        {
            Delay.Record(delay.TotalSeconds);
        }

        if (run?.ResultCount is > 0 and var rows)
        {
            Results.Add(rows);
        }

        span?.SetTag("ruleportal.outcome", outcome).SetTag("ruleportal.result_rows", run?.ResultCount);
        if (run is null or { Outcome: AttemptOutcome.RuleFault or AttemptOutcome.TransientFault })
        {
            span?.SetStatus(ActivityStatusCode.Error);
        }
    }

    /// <summary>Counts alerts that were raised.</summary>
    public static void AlertsRaised(Severity severity, int count)
    {
        if (count > 0)
        {
            Alerts.Add(count, Tag("severity", Text(severity)));
        }
    }

    /// <summary>Counts rows that were let go because of their age.</summary>
    /// <param name="part">Which part of the store.</param>
    /// <param name="rows">How many.</param>
    public static void RowsRemoved(RetentionPart part, long rows)
    {
        if (rows > 0)
        {
            Removed.Add(rows, Tag("part", Text(part)));
        }
    }

    /// <summary>Marks a span as failed. What exceptions say may quote the telemetry, so only their kind is told.</summary>
    public static void Fail(Activity? span, Exception exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        span?.SetStatus(ActivityStatusCode.Error).SetTag("error.type", exception.GetType().FullName);
    }

    private static void Batch(BatchOrigin origin, string outcome, TimeSpan took)
    {
        Batches.Add(1, Tag("outcome", outcome), Tag("origin", Text(origin)));
        Storing.Record(took.TotalSeconds, Tag("outcome", outcome));
    }

    private static KeyValuePair<string, object?> Tag(string name, string value) => new(name, value);

    /// <summary>A name as labels are written: <c>already_stored</c>.</summary>
    private static string Text<T>(T value)
        where T : struct, Enum => Names<T>.All.GetValueOrDefault(value, "unknown");

    private static InstrumentAdvice<double> Seconds() => new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 600] };

    private static class Names<T>
        where T : struct, Enum
    {
        public static IReadOnlyDictionary<T, string> All { get; } = Enum.GetValues<T>().Distinct().ToDictionary(value => value, value => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString()));
    }
}
