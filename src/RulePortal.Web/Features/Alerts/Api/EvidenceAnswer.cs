using System.ComponentModel;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Alerts;

[Description("A result row kept as evidence.")]
internal sealed record EvidenceAnswer
{
    public EvidenceAnswer(EvidenceItem row)
    {
        WindowEnd = row.WindowEndUtc;
        Ordinal = row.Ordinal;
        Columns = row.Columns.ToDictionary(column => column.Name, column => column.Value, StringComparer.Ordinal);
        Explanation = row.Explanation;
    }

    public DateTime WindowEnd { get; }

    [Description("Place among the window's result rows, from 0.")]
    public int Ordinal { get; }

    [Description("The query's columns under their KQL names.")]
    public IReadOnlyDictionary<string, object?> Columns { get; }

    [Description("Why the row is a result, in numbers.")]
    public Explanation Explanation { get; }
}
