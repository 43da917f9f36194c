using RulePortal.Detection.Connections;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Simulation;

/// <summary>Finds out which windows have rows and how full their baselines are.</summary>
internal sealed class PassWindows(SimulationPass pass, IConnections connections)
{
    private readonly RowPresence presence = new(connections);

    public async Task FillAsync(CancellationToken cancellationToken)
    {
        var reach = pass.Request.Rule.Reach;
        foreach (var seen in pass.Candidates.Select(candidate => candidate.Rows is [{ FirstUtc: { } first }, ..] ? first : (DateTime?)null).OfType<DateTime>())
        {
            presence.Saw(seen);
        }

        TimeRange[] ranges = [.. pass.Request.WindowEnds().Select(reach.WindowEndingAt)];
        var windows = new SimulatedWindow[ranges.Length];

        // Backwards: where nothing is found, the latest row before says how far back nothing will be.
        for (var window = ranges.Length - 1; window >= 0; window--)
        {
            windows[window] = new SimulatedWindow(ranges[window], await presence.AnyAsync(ranges[window], cancellationToken));
        }

        pass.Windows = windows;
        foreach (var lookback in pass.Lookbacks)
        {
            var fullness = new BaselineFullness[ranges.Length];
            // Forwards: the latest row of a day stays inside as the day moves on.
            for (var window = 0; window < ranges.Length; window++)
            {
                fullness[window] = await BaselineFullness.MeasureAsync(presence, TimeRange.Back(ranges[window].EndUtc, lookback, reach.CurrentWindow), cancellationToken);
            }

            pass.SetBaseline(lookback, fullness);
        }
    }
}
