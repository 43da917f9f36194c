using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Web.Kit.Controls;

/// <summary>Numbers of alerts as columns stacked by severity. It is for the eye: a table with the same numbers belongs beside it.</summary>
public sealed partial class SeverityColumns
{
    private const int LabelEvery = 7;

    private int top;

    /// <summary>What is shown, for a screen reader.</summary>
    [Parameter]
    [EditorRequired]
    public required string Label { get; set; }

    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<SeverityColumn> Columns { get; set; }

    protected override void OnParametersSet() => top = Nice(Columns.Count == 0 ? 0 : Columns.Max(column => column.Alerts.Total));

    // The least round and even number that is not less, so that the middle of the scale is a whole number.
    private static int Nice(int most)
    {
        for (var ten = 1; ; ten *= 10)
        {
            foreach (var step in (ReadOnlySpan<int>)[2, 4, 6, 8, 10, 12, 16])
            {
                if (step * ten >= most || ten >= 100_000_000)
                {
                    return step * ten;
                }
            }
        }
    }

    private string Height(int count) => string.Create(CultureInfo.InvariantCulture, $"{100.0 * count / top:0.##}%");
}

/// <param name="Label">Under the column.</param>
/// <param name="Title">On hover: the numbers in words.</param>
/// <param name="Alerts">How high, by severity.</param>
/// <param name="Url">Where it leads.</param>
public sealed record SeverityColumn(string Label, string Title, SeverityCounts Alerts, string Url);
