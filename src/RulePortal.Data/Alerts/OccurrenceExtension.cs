using RulePortal.Data.Rules;
namespace RulePortal.Data.Alerts;

/// <summary>Result rows that a later attempt at the same window added to an occurrence: it saw other batches, perhaps with another rule version.</summary>
public sealed class OccurrenceExtension
{
    /// <summary>Identity, ascending.</summary>
    public long Id { get; private set; }

    /// <summary>The occurrence.</summary>
    public long OccurrenceId { get; private set; }

    /// <summary>The attempt that found them.</summary>
    public required long AttemptId { get; init; }

    /// <summary>The rule version that attempt evaluated.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>Highest batch sequence that attempt saw.</summary>
    public required long MaxBatchSeq { get; init; }

    /// <summary>When they were added. UTC.</summary>
    public required DateTime AddedUtc { get; init; }

    /// <summary><see cref="EvidenceRow.Ordinal"/> of the first of them: all from here to the next extension are of this attempt.</summary>
    public required int FirstOrdinal { get; init; }

    /// <summary>How many, kept as evidence or not; part of the occurrence's <see cref="Occurrence.TotalRows"/>.</summary>
    public required int Rows { get; init; }
}
