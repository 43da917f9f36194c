namespace RulePortal.Detection.Rules;

/// <summary>Something worth knowing about a rule that is valid: shown beside a field, never in the way of saving.</summary>
/// <param name="Code">Stable code, such as <c>sentinel.period-too-long</c>.</param>
/// <param name="Field">The field it concerns, such as <c>queryPeriod</c> or <c>settings.tupleThreshold</c>.</param>
/// <param name="Message">One or two sentences with their numbers.</param>
public sealed record RuleAdvice(string Code, string Field, string Message);
