namespace RulePortal.Web.Features.Alerts;

internal sealed record OwnerAnswer(string Id, string Name);
