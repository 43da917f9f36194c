namespace RulePortal.Data.Maintenance.Retention;

/// <summary>How many rows one transaction removes: as many as fit into a sixth of a second, so that whoever else writes hardly waits, and no second even when the disk or the processor is suddenly six times as slow.</summary>
internal sealed class ChunkSize(int first, int most)
{
    public static readonly TimeSpan Aim = TimeSpan.FromMilliseconds(160);

    public int Rows { get; private set; } = first;

    /// <summary>Learns from a chunk. Growth is gentle, shrinking is at once: a disk that turns slow must not hold writers for long.</summary>
    public void Took(TimeSpan time)
    {
        var factor = Math.Clamp(Aim / TimeSpan.FromTicks(Math.Max(time.Ticks, 1)), 0.1, 1.5);
        Rows = (int)Math.Clamp(Math.Ceiling(Rows * factor), 1, most);
    }
}
