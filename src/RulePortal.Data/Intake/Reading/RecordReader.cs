using RulePortal.Data.Intake.Formats;

namespace RulePortal.Data.Intake.Reading;

/// <summary>Cuts content into records, one at a time, in memory that does not grow with the content.</summary>
internal abstract class RecordReader : IDisposable
{
    /// <summary>Number of the current record, from 1.</summary>
    public long Row { get; protected set; }

    /// <summary>The current record as it came; of one that is too long, its start.</summary>
    public abstract ReadOnlySpan<byte> Raw { get; }

    /// <summary>Whether TimeGenerated may have Log Analytics' en-US form.</summary>
    public virtual bool EnglishDates => false;

    /// <summary>What comes before the first record and belongs to the content, such as a header.</summary>
    public virtual ReadOnlySpan<byte> Preamble => default;

    /// <summary>Moves to the next record.</summary>
    /// <returns>False at the end.</returns>
    /// <exception cref="ContentException">The content cannot be read further.</exception>
    public abstract ValueTask<bool> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Reads the current record into a row that has begun.</summary>
    public abstract void Parse(RowBuilder row);

    public abstract void Dispose();
}
