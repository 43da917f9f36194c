namespace RulePortal.Web.Features.Alerts;

/// <summary>One line of the table that tells why an alert was raised.</summary>
public sealed record WhyRow(string Label, string Meaning, string Value, string Limit, string Distance);
