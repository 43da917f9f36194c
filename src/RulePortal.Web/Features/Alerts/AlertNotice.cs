namespace RulePortal.Web.Features.Alerts;

/// <summary>What came of the last action on an alert.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="IsLost">Whether nothing was written.</param>
public sealed record AlertNotice(string Text, bool IsLost);
