using RulePortal.Data.Pins;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Features.Tuning;

/// <summary>One pass held by a page, and the answers at the setting in hand. Everything follows from the pass, which can be made again.</summary>
public sealed class TuningSession
{
    /// <summary>A heat map has at most as many values a side as can be read.</summary>
    private static readonly long[] Ticks = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20, 25, 30, 40, 50, 75, 100, 150, 200];

    private readonly Dictionary<string, string> advice;
    private readonly IReadOnlyList<RulePin> pins;

    public TuningSession(WhatIf whatIf, AlertLabels labels, IReadOnlyList<RulePin> pins, IReadOnlyList<RuleAdvice> advice, TimeSpan elapsed)
    {
        ArgumentNullException.ThrowIfNull(whatIf);
        ArgumentNullException.ThrowIfNull(advice);
        WhatIf = whatIf;
        Labels = labels;
        this.pins = pins;
        Elapsed = elapsed;
        this.advice = advice.Where(note => note.Code.EndsWith(".no-effect", StringComparison.Ordinal)).ToDictionary(note => note.Field, note => note.Message, StringComparer.Ordinal);
        SavedTotals = whatIf.Totals(whatIf.Own);
        SavedRuns = whatIf.Runs(whatIf.Own);
        Show(new TuningView());
    }

    public WhatIf WhatIf { get; }

    public AlertLabels Labels { get; }

    public TimeSpan Elapsed { get; }

    public SimulationPass Pass => WhatIf.Pass;

    public WhatIfTotals SavedTotals { get; }

    public IReadOnlyList<SimulatedRun> SavedRuns { get; }

    /// <summary>The setting in hand.</summary>
    public WhatIfSetting Setting { get; private set; } = null!;

    public WhatIfTotals Totals { get; private set; }

    public IReadOnlyList<SimulatedRun> Runs { get; private set; } = [];

    public SimulationDifference Difference { get; private set; } = null!;

    public LabelScore Score { get; private set; } = null!;

    public IReadOnlyList<NearMiss> NearMisses { get; private set; } = [];

    /// <summary>How the rule's pins stand at the setting in hand.</summary>
    public IReadOnlyList<JudgedPin> Pins { get; private set; } = [];

    /// <summary>A curve for every axis.</summary>
    public IReadOnlyList<WhatIfCurve> Curves { get; private set; } = [];

    public WhatIfCurve Curve { get; private set; } = null!;

    public WhatIfMap? Map { get; private set; }

    public bool IsMoved => !Setting.Equals(WhatIf.Own);

    /// <summary>Values of the address that this rule has no use for, as sentences.</summary>
    public IReadOnlyList<string> Ignored { get; private set; } = [];

    /// <summary>Answers what an address asks.</summary>
    public void Show(TuningView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        var setting = WhatIf.Own;
        List<string> ignored = [];
        foreach (var (key, text) in view.Values)
        {
            if (WhatIf.Axis(key) is { } axis && axis.TryRead(text, out var value))
            {
                setting = axis.Set(setting, value);
            }
            else
            {
                ignored.Add($"{key} = {SafeText.Visible(text)} is nothing this simulation can be set to.");
            }
        }

        Ignored = ignored;
        Answer(setting, view);
    }

    /// <summary>Answers for another setting.</summary>
    public void Answer(WhatIfSetting setting, TuningView view)
    {
        ArgumentNullException.ThrowIfNull(view);
        Setting = setting;
        Runs = WhatIf.Runs(setting);
        Totals = WhatIf.Sum(Runs);
        Difference = WhatIf.Compare(WhatIf.Own, setting);
        Score = LabelScore.Of(Difference, Labels);
        Pins = [.. pins.Select(Judged)];
        NearMisses = WhatIf.NearMisses(setting);
        Curves = [.. WhatIf.Axes.Select(axis => WithReason(WhatIf.Curve(setting, WithCurrent(axis))))];
        Curve = Curves.FirstOrDefault(curve => curve.Axis.Key == view.Curve) ?? Curves[0];
        Map = Across(view) is { } across && Down(view) is { } down && across.Key != down.Key ? WhatIf.Map(setting, Coarse(across), Coarse(down)) : null;
    }

    /// <summary>The axis of the heat map from left to right.</summary>
    public WhatIfAxis? Across(TuningView view) => WhatIf.Axis(view?.Across) ?? WhatIf.Axes[0];

    /// <summary>The axis of the heat map from top to bottom.</summary>
    public WhatIfAxis? Down(TuningView view) => WhatIf.Axis(view?.Down) ?? WhatIf.Axis(WhatIfAxis.TriggerKey);

    /// <summary>The setting in hand as an address writes it: what is not as saved.</summary>
    public IReadOnlyDictionary<string, string> Values(WhatIfSetting setting) =>
        WhatIf.Axes.Where(axis => axis.Of(setting) != axis.Of(WhatIf.Own)).ToDictionary(axis => axis.Key, axis => axis.Write(axis.Of(setting)), StringComparer.Ordinal);

    private JudgedPin Judged(RulePin pin)
    {
        var verdict = At(Setting);
        return new JudgedPin(pin, verdict, IsMoved && verdict.Standing is PinStanding.Breaks ? At(WhatIf.Own) : null);

        PinVerdict At(WhatIfSetting setting) => PinVerdict.Over([.. pin.Windows.Select(window => PinJudge.Judge(pin.Pin.Kind, window, WhatIf, setting))]);
    }

    // A reason that follows from the settings alone says more than one that was found in the data.
    private WhatIfCurve WithReason(WhatIfCurve curve) =>
        curve.NoEffect is not null && !IsMoved && advice.TryGetValue($"settings.{curve.Axis.Key}", out var why) ? curve with { NoEffect = why } : curve;

    // What is in hand is drawn, and so can be marked.
    private WhatIfAxis WithCurrent(WhatIfAxis axis) => axis.IsLookback || axis.Values.Contains(axis.Of(Setting)) ? axis : axis with { Values = [.. axis.Values.Append(axis.Of(Setting)).Order()] };

    private WhatIfAxis Coarse(WhatIfAxis axis) => axis.IsLookback
        ? axis
        : axis with { Values = [.. Ticks.Append(axis.Of(WhatIf.Own)).Append(axis.Of(Setting)).Where(value => value <= axis.Values[^1]).Distinct().Order()] };
}
