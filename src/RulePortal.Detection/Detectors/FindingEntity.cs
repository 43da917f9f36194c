using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors;

/// <summary>Something a result row is about.</summary>
/// <param name="Type">What it is.</param>
/// <param name="Value">Its name, as the telemetry spells it: text that an attacker may have chosen.</param>
public sealed record FindingEntity(EntityType Type, string Value);
