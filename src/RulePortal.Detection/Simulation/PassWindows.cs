using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>Finds out which windows have rows and how full their baselines are.</summary>
internal sealed class PassWindows(SimulationPass pass, IConnectionScan scan)
{
    private readonly RowPresence presence = new(scan);

    public async Task FillAsync(DetectorReach reach, CancellationToken cancellationToken)
    {
        foreach (var row in pass.Candidates.Where(candidate => candidate.Rows.Count > 0).Select(candidate => candidate.Rows[0]))
        {
            presence.Saw(row.FirstUtc);
        }

        TimeRange[] ranges = [.. pass.Request.WindowEnds().Select(reach.WindowEndingAt)];
        var windows = new SimulatedWindow[ranges.Length];

        // Backwards: where nothing is found, the latest row before says how far back nothing will be.
        for (var place = ranges.Length - 1; place >= 0; place--)
        {
            windows[place] = new SimulatedWindow(ranges[place], await presence.AnyAsync(ranges[place], cancellationToken));
        }

        pass.Windows = windows;
        IEnumerable<TimeSpan> lookbacks = pass.Columns.Count == 0 ? [reach.Lookback] : pass.Columns.Select(column => column.Lookback);
        foreach (var lookback in lookbacks.Distinct())
        {
            var fullness = new BaselineFullness[ranges.Length];
            // Forwards: the latest row of a day stays inside as the day moves on.
            for (var place = 0; place < ranges.Length; place++)
            {
                fullness[place] = await BaselineFullness.MeasureAsync(presence, TimeRange.Back(ranges[place].EndUtc, lookback, reach.CurrentWindow), cancellationToken);
            }

            pass.SetBaseline(lookback, fullness);
        }
    }
}
