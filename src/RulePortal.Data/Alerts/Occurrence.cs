using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Triggers;
namespace RulePortal.Data.Alerts;

/// <summary>One finding of a rule in one window: (rule, window end, group key) is unique, the guard against doubles.</summary>
public sealed class Occurrence
{
    /// <summary>Identity.</summary>
    public long Id { get; private set; }

    /// <summary>The alert it belongs to.</summary>
    public long AlertId { get; private set; }

    /// <summary>The rule.</summary>
    public required Guid RuleId { get; init; }

    /// <summary>The rule version that found it.</summary>
    public required int RuleVersion { get; init; }

    /// <summary>Start of the window the detector looked at. UTC.</summary>
    public required DateTime WindowStartUtc { get; init; }

    /// <summary>End of the window. UTC.</summary>
    public required DateTime WindowEndUtc { get; init; }

    /// <summary>A finding's key, or one of the constants of <see cref="Detection.Triggers.AlertGrouping"/>.</summary>
    /// <value>1 to 64 characters.</value>
    public required string GroupKey { get; init; }

    /// <summary>The attempt that found it; later attempts that added rows are in <see cref="Extensions"/>.</summary>
    public required long AttemptId { get; init; }

    /// <summary>Highest batch sequence that attempt saw: with rule version and window, what a replay needs.</summary>
    public required long MaxBatchSeq { get; init; }

    /// <summary>Result rows in all; <see cref="Evidence"/> keeps at most <see cref="MaxEvidenceRows"/> of them.</summary>
    public required int TotalRows { get; set; }

    /// <summary>The result rows kept.</summary>
    public IList<EvidenceRow> Evidence { get; init; } = [];

    /// <summary>What later attempts at the same window added.</summary>
    public IList<OccurrenceExtension> Extensions { get; init; } = [];

    internal void Extend(OccurrenceExtension extension, IReadOnlyList<EvidenceRow> evidence)
    {
        TotalRows += extension.Rows;
        Extensions.Add(extension);
        foreach (var row in evidence)
        {
            Evidence.Add(row);
        }
    }

    /// <summary>Most result rows kept with one occurrence.</summary>
    public const int MaxEvidenceRows = 10_000;
}

/// <summary>One result row kept with its occurrence; it outlives the connections it came from.</summary>
public sealed class EvidenceRow
{
    /// <summary>Identity.</summary>
    public long Id { get; private set; }

    /// <summary>The occurrence.</summary>
    public long OccurrenceId { get; private set; }

    /// <summary>Position among the result rows, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The row's own group key.</summary>
    public required string GroupKey { get; init; }

    /// <summary>What it is about: a <see cref="Detection.Detectors.Subject.Key"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>The columns in the query's order, as a JSON object; see <see cref="FindingJson"/>.</summary>
    public required string Columns { get; init; }

    /// <summary>Why it is a result, as JSON; see <see cref="FindingJson"/>.</summary>
    public required string Explanation { get; init; }
}
