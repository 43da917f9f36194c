using RulePortal.Data.Auditing;

namespace RulePortal.Web.Features.Alerts;

/// <summary>To whom somebody wants to give alerts; null is nobody.</summary>
public sealed record AssignChoice(Actor? Owner);
