using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;
using RulePortal.Data.Health;
using RulePortal.Data.Ledger;
using RulePortal.Data.Security;
using RulePortal.Data.Telemetry;
using RulePortal.Web.Shell.Telemetry;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;
using RulePortal.Web.Tests.Kit;

namespace RulePortal.Web.Tests.Shell.Telemetry;

/// <summary>What is measured, to whom it is shown, and what must never be in it.</summary>
public sealed class TelemetryTests
{
    private static readonly string[] Texts = ["Belarus", "nginx", "vm-01", "203.0.113.10"];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Callers.Nobody, HttpStatusCode.Unauthorized)]
    [InlineData("Ingest key", HttpStatusCode.Forbidden)]
    [InlineData("Contributor key", HttpStatusCode.Forbidden)]
    [InlineData("Metrics key", HttpStatusCode.OK)]
    [InlineData("Administrator", HttpStatusCode.OK)]
    public async Task Metrics_Asked_AreShownToWhomTheyAreFor(string caller, HttpStatusCode expected)
    {
        using var factory = new PortalFactory();
        using var client = await Callers.ClientAsync(factory, caller);

        using var answer = await client.GetAsync("/metrics", Cancellation);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal(expected is HttpStatusCode.OK, (await answer.Content.ReadAsStringAsync(Cancellation)).Contains("# TYPE", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Metrics_KeyForThem_OpensNothingElse()
    {
        using var factory = new PortalFactory();
        using var client = await factory.WithKeyAsync(ApiKeyRole.Metrics);

        foreach (var address in (string[])["/api/v1/rules/", "/api/v1/alerts/", "/api/v1/connections/batches", "/api/v1/audit", "/jobs"])
        {
            using var answer = await client.GetAsync(address, Cancellation);
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Metrics_AfterAnAlert_CountItWithoutATextOfTheConnections()
    {
        await using var runs = await RunsFixture.CreateAsync();
        await runs.PlantAsync(6);
        await runs.TickAsync(RunsFixture.Start.Date.AddHours(11).AddMinutes(5));
        using var client = await runs.Factory.WithKeyAsync(ApiKeyRole.Metrics);

        var text = await client.GetStringAsync("/metrics", Cancellation);

        Assert.Matches(@"ruleportal_ingest_batches_total\{[^}]*outcome=""stored""", text);
        Assert.Matches(@"ruleportal_ingest_rows_total\{", text);
        Assert.Matches(@"ruleportal_evaluation_runs_total\{[^}]*outcome=""alerted""", text);
        Assert.Matches(@"ruleportal_evaluation_duration_seconds_bucket\{[^}]*outcome=""alerted""", text);
        Assert.Matches(@"ruleportal_evaluation_delay_seconds_count", text);
        Assert.Matches(@"ruleportal_alerts_raised_total\{[^}]*severity=", text);
        Assert.Matches(@"ruleportal_scheduler_lag_seconds", text);
        Assert.Matches(@"ruleportal_circuits_connected", text);
        Assert.All(Texts, word => Assert.DoesNotContain(word, text, StringComparison.Ordinal));
        Assert.DoesNotContain(RunsFixture.RuleId.ToString(), text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Spans_OfAnAlert_SayRuleWindowAndAttemptAndNoText()
    {
        using var test = new ActivitySource("RulePortal.Web.Tests");
        var spans = new List<Activity>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is PortalTelemetry.Name or "RulePortal.Web.Tests",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (spans)
                {
                    spans.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        ActivityTraceId trace;
        using (var root = test.StartActivity("test"))
        {
            trace = root!.TraceId;
            await using var runs = await RunsFixture.CreateAsync();
            await runs.PlantAsync(6);
            await runs.TickAsync(RunsFixture.Start.Date.AddHours(11).AddMinutes(5));
        }

        var mine = spans.Where(span => span.TraceId == trace && span.Source.Name == PortalTelemetry.Name).ToList();
        Assert.Equal(["ingest", "ingest", "alert", "evaluate"], mine.Select(span => span.OperationName));
        var evaluate = mine[3];
        Assert.Equal(mine[2].ParentSpanId, evaluate.SpanId);
        Assert.Equal(RunsFixture.RuleId, evaluate.GetTagItem("ruleportal.rule.id"));
        Assert.Equal(RunsFixture.Start.Date.AddHours(11), evaluate.GetTagItem("ruleportal.window.end"));
        Assert.Equal(1, evaluate.GetTagItem("ruleportal.attempt"));
        Assert.Equal("alerted", evaluate.GetTagItem("ruleportal.outcome"));
        Assert.Equal(1, mine[2].GetTagItem("ruleportal.alerts"));
        Assert.Equal("stored", mine[1].GetTagItem("ruleportal.outcome"));
        Assert.Equal(2L, mine[1].GetTagItem("ruleportal.batch"));
        var tags = string.Join(' ', mine.SelectMany(span => span.TagObjects).Select(tag => $"{tag.Key}={tag.Value}"));
        Assert.All(Texts, word => Assert.DoesNotContain(word, tags, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Collector_Named_GetsTracesMetricsAndLogs()
    {
        await using var collector = await Collector.StartAsync();
        await using (var runs = await RunsFixture.CreateAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Telemetry:Endpoint"] = collector.Address, ["Telemetry:Headers"] = "x-key=secret", ["Telemetry:ServiceName"] = "portal-of-the-test" }))
        {
            await runs.PlantAsync(6);
            await runs.TickAsync(RunsFixture.Start.Date.AddHours(11).AddMinutes(5));
            using var client = await runs.Factory.SignInAsAsync("Reader");
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/alerts?text=Belarus", Cancellation)).StatusCode);
            var services = runs.Factory.Services;
            services.GetRequiredService<TracerProvider>().ForceFlush();
            services.GetRequiredService<MeterProvider>().ForceFlush();
            services.GetRequiredService<LoggerProvider>().ForceFlush();
        }

        Assert.All(collector.Received, sent => Assert.Equal("secret", sent.Key));
        Assert.True(collector.Has("traces", "evaluate"));
        Assert.True(collector.Has("traces", "portal-of-the-test"));
        Assert.True(collector.Has("metrics", "ruleportal.evaluation.runs"));
        Assert.True(collector.Has("metrics", "ruleportal.ingest.rows"));
        Assert.True(collector.Has("logs", "result rows"));
        Assert.True(collector.Has("logs", "Attempt"), "The scope of the evaluation is not with its line.");
        Assert.False(collector.Has("traces", "Belarus"));
        Assert.False(collector.Has("metrics", "Belarus"));
    }

    [Fact]
    public async Task Run_ThatFails_IsCountedAsSuch()
    {
        await using var runs = await RunsFixture.CreateAsync(settings: new Dictionary<string, string>(StringComparer.Ordinal) { ["Scheduling:MaxResultRows"] = "5" });
        await runs.PlantAsync(6);

        var run = Assert.Single(await runs.TickAsync(RunsFixture.Start.Date.AddHours(11).AddMinutes(5)));

        Assert.Equal(AttemptOutcome.RuleFault, run.Outcome);
        using var client = await runs.Factory.WithKeyAsync(ApiKeyRole.Metrics);
        Assert.Matches(@"ruleportal_evaluation_runs_total\{[^}]*outcome=""rule_fault""", await client.GetStringAsync("/metrics", Cancellation));
    }

    [Theory]
    [InlineData("Telemetry:Endpoint", "collector", "Telemetry:Endpoint is 'collector'")]
    [InlineData("Telemetry:Endpoint", "ftp://collector", "Telemetry:Endpoint is 'ftp://collector'")]
    [InlineData("Telemetry:Headers", "s3cret", "Telemetry:Headers cannot be read")]
    [InlineData("Telemetry:TraceShare", "1.5", "Telemetry:TraceShare is 1.5")]
    [InlineData("Telemetry:ServiceName", " ", "Telemetry:ServiceName is empty")]
    public void Settings_AtFault_AreNamedWithoutASecret(string key, string value, string expected)
    {
        var settings = new TelemetrySettings();
        typeof(TelemetrySettings).GetProperty(key[10..])!.SetValue(settings, key.EndsWith("Share", StringComparison.Ordinal) ? 1.5 : value);

        var fault = Assert.Single(settings.Faults());
        Assert.StartsWith(expected, fault, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", fault, StringComparison.Ordinal);
    }

    [Fact]
    public void AddressOf_ByProtocol_IsTheSignalsOrTheCollectors()
    {
        Assert.Equal("http://c:4318/otlp/v1/logs", new TelemetrySettings { Endpoint = "http://c:4318/otlp" }.AddressOf("logs").ToString());
        Assert.Equal("http://c:4317/", new TelemetrySettings { Endpoint = "http://c:4317", Protocol = TelemetryProtocol.Grpc }.AddressOf("logs").ToString());
    }
}
