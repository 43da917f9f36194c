using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Controls;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Numbers over time as bars, with the limit they are compared with as a line.</summary>
public sealed partial class EvidenceSeriesChart
{
    private const int Step = 8;
    private const int Height = 60;

    [Parameter]
    [EditorRequired]
    public required EvidenceSeries Series { get; set; }

    private long Top => Math.Max(1, Math.Max(Series.Limit ?? 0, Series.Values.DefaultIfEmpty().Max()));

    private string Sentence
    {
        get
        {
            var most = Series.Values.DefaultIfEmpty().Max();
            var limit = Series.Limit is { } compared ? $", compared with {Words.Number(compared)}" : "";
            return $"{Series.Title}: {Words.Number(Series.Values.Count)} steps of {DurationText.ForPeople(Series.Step)}, at most {Words.Number(most)} {Series.Unit}{limit}.";
        }
    }

    private static string Coordinate(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private string Point(int index, long value) => $"{UtcTime.Exact(Series.StartUtc + (index * Series.Step))}: {Words.Number(value)} {Series.Unit}";
}
