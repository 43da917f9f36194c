using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Ledger;

/// <summary>Rows that an attempt did not count when it looked back, as the alerts stood then.</summary>
public sealed class AttemptExclusion
{
    /// <summary>The attempt.</summary>
    public required long AttemptId { get; init; }

    /// <summary>Its position, from 0.</summary>
    public required int Ordinal { get; init; }

    /// <summary>The alert that the rows belong to; it may have been removed since.</summary>
    public required long AlertId { get; init; }

    /// <summary>Whose rows: a <see cref="Detection.Detectors.Subject.Key"/>.</summary>
    public required string Subject { get; init; }

    /// <summary>Start of the alert's window. UTC.</summary>
    public required DateTime StartUtc { get; init; }

    /// <summary>End of the alert's window. UTC.</summary>
    public required DateTime EndUtc { get; init; }

    /// <summary>Rows that were not counted; counting stops at <see cref="Detection.Detectors.Exclusions.ExcludedRows.MostCounted"/>.</summary>
    public required int Rows { get; init; }
}
