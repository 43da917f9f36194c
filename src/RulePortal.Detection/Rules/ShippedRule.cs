namespace RulePortal.Detection.Rules;

/// <summary>A rule that every new store has.</summary>
/// <param name="Id">The id under which its author published it.</param>
/// <param name="Definition">Its first version.</param>
public sealed record ShippedRule(Guid Id, RuleDefinition Definition);
