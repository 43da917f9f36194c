using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Shell;

namespace RulePortal.Benchmarks;

/// <summary>Times one evaluation in the store and in DuckDB, over the same instants, and holds the results to be the same.</summary>
internal sealed class Evaluation(string dataDirectory, string duckDb)
{
    private const int Repeats = 5;

    private static readonly RuleCase[] Cases =
    [
        new("as shipped"),
        new("country threshold 1,000,000: the country step prunes nothing", CountryThreshold: 1_000_000),
        new("country threshold 1,000,000, tuple threshold 0, tuple lookback 30 d", CountryThreshold: 1_000_000, TupleThreshold: 0, TupleDays: 30),
        new("country threshold 2,000", CountryThreshold: 2_000),
    ];

    // Every fifth hour of the last two days: by day, by night, with alerts and without.
    private static readonly DateTime[] Instants = [.. Enumerable.Range(0, 10).Select(i => BenchmarkData.EndUtc.AddHours(-5 * i))];

    public async Task<IReadOnlyList<Measure>> RunAsync()
    {
        await using var app = PortalApp.CreateForVerb([$"--Storage:DataDirectory={dataDirectory}"]);
        var snapshots = app.Services.GetRequiredService<ConnectionSnapshots>();
        using var other = new DuckDbRule(duckDb);
        var measures = new List<Measure>();
        foreach (var settings in Cases)
        {
            var (ours, theirs, rows) = (new List<double>(), new List<double>(), 0);
            foreach (var instant in Instants)
            {
                var expected = other.Evaluate(instant, settings);
                var found = await EvaluateAsync(snapshots, instant, settings);
                Compare(settings, instant, expected, found);
                rows += found.Count;
                for (var repeat = 0; repeat < Repeats; repeat++)
                {
                    var started = Stopwatch.GetTimestamp();
                    await EvaluateAsync(snapshots, instant, settings);
                    ours.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                    started = Stopwatch.GetTimestamp();
                    other.Evaluate(instant, settings);
                    theirs.Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
                }
            }

            var (mine, duck) = (Median(ours), Median(theirs));
            measures.Add(new Measure(
                $"One evaluation, {settings.Name} ({Instants.Length} instants, {rows:N0} result rows, equal in both)",
                $"{mine:0.0} ms (slowest {ours.Max():0.0})",
                $"{duck:0.0} ms (slowest {theirs.Max():0.0})",
                $"{mine / duck:0.00}",
                settings == Cases[0] ? $"at most 0.10: {(mine <= duck / 10 ? "met" : "missed")}" : "-"));
        }

        return measures;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static void Compare(RuleCase settings, DateTime instant, IEnumerable<string> expected, IEnumerable<string> found)
    {
        var difference = expected.Order(StringComparer.Ordinal).Zip(found.Order(StringComparer.Ordinal)).FirstOrDefault(pair => pair.First != pair.Second);
        if (difference.First is not null || expected.Count() != found.Count())
        {
            throw new InvalidOperationException($"The results differ at {instant:O} ({settings.Name}): DuckDB has {expected.Count()} rows, RulePortal {found.Count()}.\n{difference.First}\n{difference.Second}");
        }
    }

    // Opening the consistent read is part of what an evaluation costs.
    private static async Task<IReadOnlyList<string>> EvaluateAsync(ConnectionSnapshots snapshots, DateTime instant, RuleCase settings)
    {
        await using var history = await snapshots.OpenAsync(CancellationToken.None);
        var findings = await settings.Bind().DetectAsync(instant, history, CancellationToken.None);
        return [.. findings.Select(finding => string.Join('|', finding.Columns.Select(column => DuckDbRule.Text(column.Value))))];
    }
}
