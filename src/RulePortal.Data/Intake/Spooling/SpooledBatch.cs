using RulePortal.Data.Intake.Formats;


namespace RulePortal.Data.Intake.Spooling;

/// <summary>Rows that were read and judged, waiting in a temporary file to be stored as one batch.</summary>
public sealed class SpooledBatch : IDisposable
{
    private readonly FileStream file;

    internal SpooledBatch(FileStream spool) => file = spool;

    /// <summary>Rows that can be stored.</summary>
    public int Rows { get; internal init; }

    /// <summary>Rows that cannot.</summary>
    public int BadRows { get; internal init; }

    /// <summary>The first of those.</summary>
    /// <value>At most twenty.</value>
    public required IReadOnlyList<BadRow> FirstBadRows { get; init; }

    /// <summary>SHA-256 of the records as they came, each followed by a line feed; 32 bytes.</summary>
    public required byte[] ContentHash { get; init; }

    /// <summary>Number of the first row in the file or request, from 1; 0 when there is none.</summary>
    public long FirstRow { get; internal init; }

    /// <summary>Number of the last.</summary>
    public long LastRow { get; internal init; }

    /// <summary>TimeGenerated of the oldest row that can be stored. UTC.</summary>
    public DateTime? OldestUtc { get; internal init; }

    /// <summary>TimeGenerated of the newest. UTC.</summary>
    public DateTime? NewestUtc { get; internal init; }

    internal SpoolReader OpenReader() => new(file);

    /// <summary>Removes the temporary file.</summary>
    public void Dispose() => file.Dispose();
}
