using System.Diagnostics.CodeAnalysis;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Detectors;

/// <summary>The detectors there are, found by kind. Binds rules to them.</summary>
public sealed class DetectorCatalog
{
    private readonly Dictionary<string, Detector> byKind;

    /// <summary>Lists detectors.</summary>
    /// <exception cref="ArgumentException">Two detectors have one kind.</exception>
    public DetectorCatalog(IEnumerable<Detector> detectors)
    {
        ArgumentNullException.ThrowIfNull(detectors);
        All = [.. detectors.OrderBy(detector => detector.DisplayName, StringComparer.Ordinal)];
        byKind = All.ToDictionary(detector => detector.Kind, StringComparer.Ordinal);
    }

    /// <summary>The detectors the product ships with.</summary>
    public static DetectorCatalog Shipped { get; } = new(
    [
        .. RareConnectionDetectors.All,
    ]);

    /// <summary>Every detector, by name for people.</summary>
    public IReadOnlyList<Detector> All { get; }

    /// <summary>The detector of a kind, or null when there is none.</summary>
    /// <param name="kind">Compared ordinally.</param>
    public Detector? Find(string kind) => byKind.GetValueOrDefault(kind);

    /// <summary>Binds a rule to its detector. Only what evaluation needs is judged: the detector and its settings.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="bound">The rule, ready to be evaluated; null when there is an error.</param>
    /// <param name="errors">Every fault of the settings, or that there is no such detector.</param>
    public bool TryBind(RuleDefinition rule, [NotNullWhen(true)] out BoundRule? bound, out IReadOnlyList<RuleError> errors)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var found = new List<RuleError>();
        bound = Find(rule.Detector)?.Bind(rule, found);
        if (bound is null && found.Count == 0)
        {
            var kinds = string.Join(", ", All.Select(known => known.Kind));
            found.Add(new("detector.unknown", "detector", $"There is no detector '{TelemetryText.Shown(rule.Detector)}'; there are {kinds}."));
        }

        errors = found;
        return bound is not null;
    }

    /// <summary>Binds a rule that was saved, and so was judged before.</summary>
    /// <exception cref="ArgumentException">This release has no such detector, or the detector refuses the settings.</exception>
    public BoundRule Bind(RuleDefinition rule) =>
        TryBind(rule, out var bound, out var errors) ? bound : throw new ArgumentException(string.Join(' ', errors.Select(error => error.Message)), nameof(rule));

    /// <summary>The rule with its settings in their normal form, so that equal rules are equal; as it is while they have faults.</summary>
    public RuleDefinition Normalize(RuleDefinition rule) => TryBind(rule, out var bound, out _) ? bound.Definition : rule;

    /// <summary>Judges a rule before it is saved: every field, the detector's settings included.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="bound">The rule, ready to be evaluated; null when its settings have faults.</param>
    /// <returns>Every fault; empty when the rule may be saved.</returns>
    public IReadOnlyList<RuleError> Check(RuleDefinition rule, out BoundRule? bound)
    {
        _ = TryBind(rule, out bound, out var errors);
        return [.. RuleValidator.Validate(rule), .. errors];
    }
}
