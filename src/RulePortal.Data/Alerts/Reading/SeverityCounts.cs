using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Alerts.Reading;

/// <summary>A number of alerts, by severity.</summary>
/// <param name="High">Of high severity.</param>
/// <param name="Medium">Of medium severity.</param>
/// <param name="Low">Of low severity.</param>
/// <param name="Informational">Informational ones.</param>
public readonly record struct SeverityCounts(int High, int Medium, int Low, int Informational)
{
    /// <summary>All of them.</summary>
    public int Total => High + Medium + Low + Informational;

    /// <summary>Those of one severity.</summary>
    public int this[Severity severity] => severity switch
    {
        Severity.High => High,
        Severity.Medium => Medium,
        Severity.Low => Low,
        _ => Informational,
    };

    internal static SeverityCounts Of(IEnumerable<(Severity Severity, int Count)> counts)
    {
        var by = counts.ToLookup(item => item.Severity, item => item.Count);
        return new(by[Severity.High].Sum(), by[Severity.Medium].Sum(), by[Severity.Low].Sum(), by[Severity.Informational].Sum());
    }
}
