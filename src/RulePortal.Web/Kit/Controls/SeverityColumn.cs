using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Web.Kit.Controls;

/// <param name="Label">Under the column.</param>
/// <param name="Title">On hover: the numbers in words.</param>
/// <param name="Alerts">How high, by severity.</param>
/// <param name="Url">Where it leads.</param>
public sealed record SeverityColumn(string Label, string Title, SeverityCounts Alerts, string Url);
