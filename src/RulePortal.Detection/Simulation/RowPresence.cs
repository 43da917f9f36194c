using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Simulation;

/// <summary>Answers whether ranges of time have any row, and remembers what it learned: windows and days overlap, so most answers need no read.</summary>
internal sealed class RowPresence(IConnections connections) : IRowPresence
{
    private readonly List<DateTime> known = [];
    private readonly List<TimeRange> silent = [];
    private SeenRow? anchor;

    /// <summary>Notes that a row was generated at an instant.</summary>
    public void Saw(DateTime instantUtc)
    {
        if (known.BinarySearch(instantUtc) is var next and < 0)
        {
            known.Insert(~next, instantUtc);
        }
    }

    public async Task<bool> AnyAsync(TimeRange range, CancellationToken cancellationToken)
    {
        if (range.EndUtc <= range.StartUtc || silent.Exists(silence => silence.StartUtc <= range.StartUtc && silence.EndUtc >= range.EndUtc))
        {
            return false;
        }

        var next = known.BinarySearch(range.StartUtc);
        next = next < 0 ? ~next : next;
        if (next < known.Count && known[next] < range.EndUtc)
        {
            return true;
        }

        // The country that had a row before most likely has one again, and asking one is cheaper than asking all.
        if (anchor is { } usual && await connections.Countries.NthLatestAsync(usual.Direction, usual.Country, range, 1, cancellationToken) is { } seen)
        {
            Saw(seen);
            return true;
        }

        // Looks further back than asked: of a source that was away for days one answer serves every window meanwhile.
        var wide = TimeRange.Back(range.EndUtc, TimeSpan.FromTicks(Math.Max(range.Length.Ticks, TimeSpan.TicksPerDay)));
        var latest = await connections.LatestAsync(wide, cancellationToken);
        anchor = latest ?? anchor;
        if (latest is { } row)
        {
            Saw(row.TimeGenerated);
        }

        if (latest is null || latest.Value.TimeGenerated < range.StartUtc)
        {
            silent.Add(new TimeRange(latest?.TimeGenerated.AddTicks(1) ?? wide.StartUtc, range.EndUtc));
            return false;
        }

        return true;
    }
}
