using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Connections;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Simulation;
using RulePortal.Web.Shell;

namespace RulePortal.Benchmarks;

/// <summary>Times thirty days of hourly windows in one pass, beside DuckDB running the rule once a window, and holds every window's rows to be the same.</summary>
internal sealed class Simulation(string dataDirectory, string duckDb, bool isLarge)
{
    private const int Repeats = 5;

    private static readonly RuleCase Shipped = new("as shipped");

    private static readonly TimeRange Span = new(BenchmarkData.EndUtc.AddDays(-30), BenchmarkData.EndUtc);

    private readonly double targetSeconds = isLarge ? 4 : 1;

    // Over tens of millions of rows DuckDB would take the better part of an hour.
    private readonly int everyWindow = isLarge ? 10 : 1;

    public async Task<IReadOnlyList<Measure>> RunAsync()
    {
        await using var app = PortalApp.CreateForVerb([$"--Storage:DataDirectory={dataDirectory}"]);
        var snapshots = app.Services.GetRequiredService<ConnectionSnapshots>();
        var (times, memory, whatIf) = (new List<double>(), 0L, (WhatIf?)null);
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var started = Stopwatch.GetTimestamp();
            whatIf = new WhatIf(await PassAsync(snapshots));
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
            memory = GC.GetTotalAllocatedBytes(precise: true) - allocated;
        }

        var withLookbacks = await LookbacksAsync(snapshots);
        var (grid, slider) = (Time(() => whatIf!.Map(whatIf.Own, whatIf.Axes[0], whatIf.Axes[1])), Time(() => whatIf!.Compare(whatIf.Own, whatIf.Own.WithThreshold(0, 20))));
        var (theirs, rows) = Compare(whatIf!);
        var (mine, windows) = (times.Order().ElementAt(Repeats / 2), whatIf!.Pass.Windows.Count);
        return
        [
            new Measure(
                $"{windows} windows in one pass ({rows:N0} result rows, equal in both{(everyWindow == 1 ? "" : $" in each {everyWindow}th window")})",
                $"{mine:0.00} s (slowest {times.Max():0.00}, {memory / 1e6:N0} MB allocated)",
                $"{theirs:0.0} s, once a window{(everyWindow == 1 ? "" : $" ({everyWindow} times each {everyWindow}th)")}",
                $"{mine / theirs:0.000}",
                $"at most {targetSeconds:0} s: {(mine <= targetSeconds ? "met" : "missed")}"),
            new Measure("The same with four lookbacks of each knob, as the tuning page asks", $"{withLookbacks:0.00} s", "-", "-", "-"),
            new Measure("Heat map of 51 x 51 thresholds over them", $"{grid:0} ms", "-", "-", $"at most 200 ms: {(grid <= 200 ? "met" : "missed")}"),
            new Measure("One slider moved: alerts added and removed by name", $"{slider:0.0} ms", "-", "-", $"at most 200 ms: {(slider <= 200 ? "met" : "missed")}"),
        ];
    }

    private static async Task<double> LookbacksAsync(ConnectionSnapshots snapshots)
    {
        var times = new List<double>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var started = Stopwatch.GetTimestamp();
            await PassAsync(snapshots, RuleSimulator.UsualLookbacks);
            times.Add(Stopwatch.GetElapsedTime(started).TotalSeconds);
        }

        return times.Order().ElementAt(Repeats / 2);
    }

    private static double Time<T>(Func<T> what)
    {
        _ = what();
        var times = new List<double>();
        for (var repeat = 0; repeat < Repeats; repeat++)
        {
            var started = Stopwatch.GetTimestamp();
            _ = what();
            times.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        }

        return times.Order().ElementAt(Repeats / 2);
    }

    // Opening the consistent read is part of what a pass costs.
    private static async Task<SimulationPass> PassAsync(ConnectionSnapshots snapshots, IReadOnlyList<TimeSpan>? lookbacks = null)
    {
        await using var history = await snapshots.OpenAsync(CancellationToken.None);
        var rule = Shipped.Bind();
        var more = rule.Detector.Knobs.ToDictionary(knob => knob.Lookback!.Key, _ => lookbacks ?? [], StringComparer.Ordinal);
        return await SimulationPass.RunAsync(new SimulationRequest { Rule = rule, Span = Span, Lookbacks = more }, history, progress: null, CancellationToken.None);
    }

    private (double Seconds, int Rows) Compare(WhatIf whatIf)
    {
        using var other = new DuckDbRule(duckDb);
        var (seconds, rows) = (0.0, 0);
        foreach (var (index, window) in whatIf.Pass.Windows.Index().Where(window => window.Index % everyWindow == 0))
        {
            var started = Stopwatch.GetTimestamp();
            var theirs = other.Evaluate(window.Range.EndUtc, Shipped);
            seconds += Stopwatch.GetElapsedTime(started).TotalSeconds;

            // Host, process, destination, country and the first time, of the right side of each row.
            var expected = theirs.Select(row => row.Split('|')).Select(cells => string.Join('|', cells[5], cells[7], cells[9], cells[12], cells[14]));
            var found = whatIf.Rows(whatIf.Own, index).Select(row => string.Join('|', row.Names[1], row.Names[0], row.Names[3], row.Names[2], DuckDbRule.Text(row.FirstUtc)));
            if (!expected.Order(StringComparer.Ordinal).SequenceEqual(found.Order(StringComparer.Ordinal), StringComparer.Ordinal))
            {
                throw new InvalidOperationException($"The results differ in the window that ends {window.Range.EndUtc:O}.");
            }

            rows += theirs.Count;
        }

        return (seconds * everyWindow, rows);
    }
}
