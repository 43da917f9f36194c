using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Web.Features.Alerts;

/// <summary>The numbers that let the alert through, each with its limit and how far from it.</summary>
public sealed partial class WhyItFired
{
    private IReadOnlyList<WhyRow> rows = [];

    [Parameter]
    [EditorRequired]
    public required AlertDetails Details { get; set; }

    protected override void OnParametersSet() => rows =
    [
        Trigger(Details),
        .. Details.Explanations
            .SelectMany(explanation => explanation.Measures)
            .GroupBy(measure => (measure.Key, measure.Label, measure.Limit))
            .Select(group => Measured([.. group])),
    ];

    private static WhyRow Trigger(AlertDetails details)
    {
        var distance = details.Trigger is { Operator: TriggerOperator.GreaterThan or TriggerOperator.LessThan, Threshold: var threshold }
            ? Signed(details.Alert.ResultCount - threshold)
            : "";
        return new WhyRow("Result rows in the window", $"The rule fires on {details.TriggerText}.", Number(details.Alert.ResultCount), details.TriggerText, distance);
    }

    // Rows of one country share a number, rows of its tuples do not: the table tells the span, and the distance of the one nearest to the limit.
    private static WhyRow Measured(IReadOnlyList<Measure> all)
    {
        var least = all.MinBy(measure => measure.Value)!;
        var most = all.MaxBy(measure => measure.Value)!;
        var value = least.Value == most.Value ? Number(most.Value) : $"{Number(least.Value)} to {Number(most.Value)}";
        var atLeast = most.IsAtLeast ? " or more" : "";
        return new WhyRow(most.Label, $"{Capital(most.LimitMeaning)}. Unit: {most.Unit}.", value + atLeast, Number(most.Limit), Signed(most.Value - most.Limit));
    }

    private static string Capital(string text) => text.Length == 0 ? text : char.ToUpperInvariant(text[0]) + text[1..];

    private static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    private static string Signed(long value) => value.ToString("+#,0;\u2212#,0;0", CultureInfo.InvariantCulture);
}

/// <summary>One line of the table that tells why an alert was raised.</summary>
public sealed record WhyRow(string Label, string Meaning, string Value, string Limit, string Distance);
