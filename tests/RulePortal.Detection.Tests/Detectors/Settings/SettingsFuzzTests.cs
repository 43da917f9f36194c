using System.Text;
using CsCheck;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Tests.Fuzz;

namespace RulePortal.Detection.Tests.Detectors.Settings;

/// <summary>
/// Whatever is given as a detector's settings: faults that say what is wrong, or settings that every question can be asked of.
/// </summary>
public sealed class SettingsFuzzTests
{
    [Fact]
    public void Settings_Mutated_AreJudgedOrUsable()
    {
        foreach (var detector in Bound.Catalog.All)
        {
            var rule = Bound.Shipped with { Detector = detector.Kind };
            var shipped = Bound.Catalog.Bind(rule with { SettingsJson = "{}" });
            Mutated.Of(Encoding.UTF8.GetBytes(detector.ShippedSettings), Encoding.UTF8.GetBytes(Followed(shipped)), "{}"u8.ToArray())
                .Sample(
                bytes =>
                {
                    var edited = rule with { SettingsJson = Encoding.UTF8.GetString(bytes) };
                    var isBound = Bound.Catalog.TryBind(edited, out var bound, out var faults);
                    Assert.Equal(isBound, faults.Count == 0);
                    if (!isBound)
                    {
                        Assert.All(faults, fault => Assert.True(fault.Code.Length > 0 && fault.Message.Length is > 0 and < 1_000));
                        return;
                    }

                    Assert.Equal(bound!.Definition, Bound.Catalog.Bind(bound.Definition).Definition);
                    Assert.NotEmpty(bound.Description);
                    Assert.All(bound.Advice, advice => Assert.NotEmpty(advice.Message));
                    Assert.True(bound.Reach.CurrentWindow > TimeSpan.Zero);
                    Assert.Equal(detector.Knobs.Count, bound.Knobs.Count);
                },
                iter: int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 20_000);
        }
    }

    // The settings with every length of time written out.
    private static string Followed(BoundRule rule) =>
        rule.At(new WhatIfSetting(rule.Knobs, 0)).Definition.SettingsJson;
}
