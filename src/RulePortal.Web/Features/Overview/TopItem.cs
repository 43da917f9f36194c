namespace RulePortal.Web.Features.Overview;

/// <param name="Name">What it is: perhaps an attacker's text.</param>
/// <param name="Alerts">Alerts about it.</param>
/// <param name="Url">Those alerts.</param>
public sealed record TopItem(string Name, int Alerts, string Url);
