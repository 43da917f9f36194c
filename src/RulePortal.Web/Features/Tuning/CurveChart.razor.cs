using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Alerts at every value of a knob, with the value in hand, the saved one and the knee marked, which MudBlazor's chart cannot. A table beside says the same.</summary>
public sealed partial class CurveChart
{
    private const int Left = 48;
    private const int Right = 620;
    private const int Top = 42;
    private const int Bottom = 218;

    private int top;

    [Parameter]
    [EditorRequired]
    public required WhatIfCurve Curve { get; set; }

    /// <summary>The value in hand.</summary>
    [Parameter]
    public long Value { get; set; }

    /// <summary>The value that is saved.</summary>
    [Parameter]
    public long Saved { get; set; }

    private string Points => string.Join(' ', Curve.Points.Select((point, place) => $"{X(place)},{Y(point.Alerts)}"));

    private string Label => $"Alerts by {Curve.Axis.Label.ToLowerInvariant()}: {Words.Number(Curve.Points[0].Alerts)} at {Curve.Axis.Text(Curve.Axis.Values[0])}, {Words.Number(Curve.Points[^1].Alerts)} at {Curve.Axis.Text(Curve.Axis.Values[^1])}"
        + (Place(Value) is { } here ? $", {Words.Number(Curve.Points[here].Alerts)} at {Curve.Axis.Text(Value)} in hand" : "");

    protected override void OnParametersSet()
    {
        var most = Curve.Points.Max(point => point.Alerts);
        top = most <= 4 ? 4 : (most + 3) / 4 * 4;
    }

    private int? Place(long value) => Curve.Axis.Values.Index().Where(one => one.Item == value).Select(one => (int?)one.Index).FirstOrDefault();

    // A mark at either end must not run out of the picture, nor into the scale.
    private string AnchorAt(int place) => Part(place) < 0.1 ? "start" : Part(place) > 0.9 ? "end" : "middle";

    // Values are a scale of their own, unless the rule's lies far beyond them: then they only stand in order.
    private bool IsEven => !Curve.Axis.IsLookback && Curve.Axis.Values[^1] is > 0 and <= TuningViewReader.HighestThreshold;

    private string X(int place, int shift = 0) => Number(Left + ((Right - Left) * Part(place)) + shift);

    private double Part(int place) => IsEven ? Curve.Axis.Values[place] / (double)Curve.Axis.Values[^1]
        : Curve.Axis.Values.Count == 1 ? 0.5
        : place / (double)(Curve.Axis.Values.Count - 1);

    private string Y(int alerts, int shift = 0) => Number(Bottom - ((Bottom - Top) * alerts / (double)top) + shift);

    // Razor takes the element's name for its own.
    private static RenderFragment Text(string x, string y, string words, string anchor = "start", string css = "curve-text") => builder =>
    {
        builder.OpenElement(0, "text");
        builder.AddAttribute(1, "class", css);
        builder.AddAttribute(2, "x", x);
        builder.AddAttribute(3, "y", y);
        builder.AddAttribute(4, "text-anchor", anchor);
        builder.AddContent(5, words);
        builder.CloseElement();
    };

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
