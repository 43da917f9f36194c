using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.Connections;

/// <summary>How much of what a rule compares with is stored.</summary>
/// <param name="RuleId">The rule.</param>
/// <param name="RuleName">Its name.</param>
/// <param name="Fullness">Days present of days looked back.</param>
/// <param name="IsLearning">Whether that is too little for alerts.</param>
public sealed record RuleBaseline(Guid RuleId, string RuleName, BaselineFullness Fullness, bool IsLearning);
