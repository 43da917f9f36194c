using RulePortal.Detection.Detectors.RareOutboundConnection;

namespace RulePortal.Detection.Detectors;

/// <summary>The detectors there are, found by kind.</summary>
public sealed class DetectorCatalog
{
    private readonly Dictionary<string, IDetector> byKind;

    /// <summary>Lists detectors.</summary>
    /// <exception cref="ArgumentException">Two detectors have one kind.</exception>
    public DetectorCatalog(IEnumerable<IDetector> detectors)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        All = [.. detectors.OrderBy(detector => detector.DisplayName, StringComparer.Ordinal)];
        byKind = All.ToDictionary(detector => detector.Kind, StringComparer.Ordinal);
    }

    /// <summary>The detectors the product ships with.</summary>
    public static DetectorCatalog Shipped { get; } = new([new RareOutboundConnectionDetector()]);

    /// <summary>Every detector, by name for people.</summary>
    public IReadOnlyList<IDetector> All { get; }

    /// <summary>The detector of a kind, or null when there is none.</summary>
    /// <param name="kind">Compared ordinally.</param>
    public IDetector? Find(string kind) => byKind.GetValueOrDefault(kind);
}
