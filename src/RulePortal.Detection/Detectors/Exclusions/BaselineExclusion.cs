using RulePortal.Detection.Connections;

namespace RulePortal.Detection.Detectors.Exclusions;

/// <summary>Rows that are not counted when a detector looks back: those of one subject inside one span.</summary>
/// <param name="AlertId">The alert they belong to; of several with the same subject and span, the first.</param>
/// <param name="Subject">Whose rows, compared ordinally.</param>
/// <param name="Range">The window of the alert, half-open. UTC.</param>
public sealed record BaselineExclusion(long AlertId, Subject Subject, TimeRange Range);

/// <summary>What an exclusion left out of one evaluation.</summary>
/// <param name="Exclusion">The exclusion.</param>
/// <param name="Rows">Rows that were not counted; counting stops at <see cref="MostCounted"/>.</param>
public sealed record ExcludedRows(BaselineExclusion Exclusion, int Rows)
{
    /// <summary>Where counting stops.</summary>
    public const int MostCounted = 1_000;
}
