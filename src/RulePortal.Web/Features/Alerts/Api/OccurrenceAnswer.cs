using System.ComponentModel;
using RulePortal.Data.Rules;

namespace RulePortal.Web.Features.Alerts;

internal sealed record OccurrenceAnswer(
    int RuleVersion,
    DateTime WindowStart,
    DateTime WindowEnd,
    [property: Description("Result rows in all.")] int TotalRows,
    [property: Description("Result rows kept as evidence.")] int StoredRows);
