using RulePortal.Data.Alerts;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Tuning.Api;

/// <param name="From">Windows that end after this were evaluated.</param>
/// <param name="To">The last window ends here, or earlier.</param>
/// <param name="Version">The version that "saved" is: the one in force, or the one asked for.</param>
/// <param name="Windows">How many windows.</param>
/// <param name="OldestRecord">How far back the history reaches.</param>
/// <param name="MaxBatchSeq">The last batch that was seen.</param>
/// <param name="Milliseconds">How long the pass took.</param>
/// <param name="Saved">The rule as that version has it.</param>
/// <param name="Changed">The rule with what the request asks for.</param>
/// <param name="Added">Alerts that only the changed rule raises; the first 500.</param>
/// <param name="Removed">Alerts that only the saved rule raises; the first 500.</param>
/// <param name="Unchanged">How many both raise.</param>
/// <param name="Labels">What closed alerts say of the change.</param>
/// <param name="Alerts">The changed rule's alerts; the first 500.</param>
/// <param name="NearMisses">Windows that nearly fired; the first 500.</param>
/// <param name="Curves">Alerts and result rows at every value of each knob, all else as changed.</param>
/// <param name="Map">Alerts at every pair of two knobs, when both were named.</param>
internal sealed record SimulationAnswer(
    DateTime From, DateTime To, int Version, int Windows, DateTime? OldestRecord, long MaxBatchSeq, long Milliseconds,
    SimulationAnswer.Setting Saved, SimulationAnswer.Setting Changed,
    IReadOnlyList<SimulationAnswer.NamedAlert> Added, IReadOnlyList<SimulationAnswer.NamedAlert> Removed, int Unchanged, LabelScore Labels,
    IReadOnlyList<SimulationAnswer.NamedAlert> Alerts, IReadOnlyList<SimulationAnswer.Miss> NearMisses,
    IReadOnlyList<SimulationAnswer.Curve> Curves, SimulationAnswer.HeatMap? Map)
{
    private const int Most = 500;
    private const int MostRows = 20;

    public static SimulationAnswer Of(SimulationRequestReader reader, int version, WhatIf saved, WhatIf changed, TimeSpan elapsed, AlertLabels labels)
    {
        var difference = SimulationDifference.Of(saved, saved.Own, changed, changed.Own);
        var (across, down) = (changed.Axis(reader.Map.Across), changed.Axis(reader.Map.Down));
        return new SimulationAnswer(
            reader.Span.StartUtc, reader.Span.EndUtc, version, changed.Pass.Windows.Count, changed.Pass.OldestUtc, changed.Pass.MaxBatchSeq, (long)elapsed.TotalMilliseconds,
            Setting.Of(saved), Setting.Of(changed),
            [.. difference.Added.Take(Most).Select(Named)], [.. difference.Removed.Take(Most).Select(Named)], difference.Both.Count, LabelScore.Of(difference, labels),
            [.. changed.Alerts(changed.Own).Take(Most).Select(Named)],
            [.. changed.NearMisses(changed.Own, reader.NearMissSteps).Take(Most).Select(miss => new Miss(miss.EndUtc, miss.Axis.Key, miss.Distance, miss.ResultRows, [.. miss.Rows.Take(MostRows).Select(NamedRow)]))],
            [.. changed.Axes.Select(axis => Curve.Of(changed.Curve(changed.Own, axis)))],
            across is null || down is null ? null : HeatMap.Of(changed.Map(changed.Own, across, down)));

        Row NamedRow(SimulatedRow row) => Row.Of(row, changed.Pass.Request.Rule.Detector.NamingColumns);

        NamedAlert Named(SimulatedAlert alert) => new(
            alert.EndUtc, alert.GroupKey, alert.Rows.Count, [.. alert.Rows.Take(MostRows).Select(NamedRow)], labels.Of(alert) is { } label ? new Stored(label.AlertId, label.Status, label.Classification) : null);
    }

    private static object Value(WhatIfAxis axis, long value) => axis.IsLookback ? DurationText.ToIso(TimeSpan.FromTicks(value)) : value;

    internal sealed record Setting(IReadOnlyDictionary<string, object> Values, WhatIfTotals Totals)
    {
        public static Setting Of(WhatIf whatIf) => new(whatIf.Axes.ToDictionary(axis => axis.Key, axis => Value(axis, axis.Of(whatIf.Own)), StringComparer.Ordinal), whatIf.Totals(whatIf.Own));
    }

    /// <param name="WindowEnd">With the group key, what makes it this alert.</param>
    /// <param name="GroupKey">The key of its occurrence.</param>
    /// <param name="ResultRows">How many result rows it has.</param>
    /// <param name="Rows">The first 20 of them.</param>
    /// <param name="Stored">The alert that was really raised, if one was.</param>
    internal sealed record NamedAlert(DateTime WindowEnd, string GroupKey, int ResultRows, IReadOnlyList<Row> Rows, Stored? Stored);

    internal sealed record Stored(long Alert, AlertStatus Status, Classification? Classification);

    /// <param name="Subject">What the row is about, by column.</param>
    /// <param name="Names">What names the row, by result column.</param>
    /// <param name="First">Its earliest connection, when that is known.</param>
    internal sealed record Row(Subject Subject, IReadOnlyDictionary<string, string> Names, DateTime? First)
    {
        public static Row Of(SimulatedRow row, IReadOnlyList<NamingColumn> columns) =>
            new(row.Subject, columns.Zip(row.Names).ToDictionary(name => name.First.Name, name => name.Second, StringComparer.Ordinal), row.FirstUtc);
    }

    /// <param name="WindowEnd">The window that did not fire.</param>
    /// <param name="Key">What would have to be moved.</param>
    /// <param name="Distance">By how much.</param>
    /// <param name="ResultRows">Its result rows as it is.</param>
    /// <param name="Rows">The first 20 rows it would have fired with.</param>
    internal sealed record Miss(DateTime WindowEnd, string Key, long Distance, int ResultRows, IReadOnlyList<Row> Rows);

    internal sealed record Curve(string Key, string Label, string Unit, IReadOnlyList<object> Values, IReadOnlyList<int> Alerts, IReadOnlyList<int> ResultRows, object? Knee, string? NoEffect)
    {
        public static Curve Of(WhatIfCurve curve) => new(
            curve.Axis.Key, curve.Axis.Label, curve.Axis.Unit, [.. curve.Axis.Values.Select(value => Value(curve.Axis, value))],
            [.. curve.Points.Select(point => point.Alerts)], [.. curve.Points.Select(point => point.ResultRows)],
            curve.Knee is { } knee ? Value(curve.Axis, curve.Axis.Values[knee]) : null, curve.NoEffect);
    }

    /// <param name="Across">The key of the values from left to right.</param>
    /// <param name="AcrossValues">Those values.</param>
    /// <param name="Down">The key of the values from top to bottom.</param>
    /// <param name="DownValues">Those values.</param>
    /// <param name="Alerts">Row by row.</param>
    internal sealed record HeatMap(string Across, IReadOnlyList<object> AcrossValues, string Down, IReadOnlyList<object> DownValues, IEnumerable<int[]> Alerts)
    {
        public static HeatMap Of(WhatIfMap map) => new(
            map.Across.Key, [.. map.Across.Values.Select(value => Value(map.Across, value))], map.Down.Key, [.. map.Down.Values.Select(value => Value(map.Down, value))],
            map.Cells.Chunk(map.Across.Values.Count).Select(row => row.Select(cell => cell.Alerts).ToArray()));
    }
}
