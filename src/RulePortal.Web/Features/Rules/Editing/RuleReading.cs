using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>A draft as read.</summary>
/// <param name="Definition">What it says; fields that cannot be read say what was saved.</param>
/// <param name="Bound">The same, ready to be evaluated; null while its settings have faults.</param>
/// <param name="Errors">Every fault, in the order of the form.</param>
/// <param name="IsReadable">Whether every field could be read, so that the definition is what is typed.</param>
public sealed record RuleReading(RuleDefinition Definition, BoundRule? Bound, IReadOnlyList<RuleError> Errors, bool IsReadable);
