using System.Text;
using CsCheck;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Tests.Fuzz;

namespace RulePortal.Detection.Tests.Detectors;

/// <summary>Whatever is given as a detector's settings: faults that say what is wrong, or settings that every question can be asked of.</summary>
public sealed class SettingsFuzzTests
{
    [Fact]
    public void Settings_Mutated_AreJudgedOrUsable()
    {
        foreach (var detector in DetectorCatalog.Shipped.All)
        {
            var rule = ShippedRules.RareOutboundConnectionByProcess.Definition with { Detector = detector.Kind };
            var shipped = Encoding.UTF8.GetBytes(detector.ShippedSettings);
            Mutated.Of(shipped, Encoding.UTF8.GetBytes(detector.Normalize(detector.ShippedSettings, rule.QueryFrequency, rule.QueryPeriod)), "{}"u8.ToArray()).Sample(
                bytes =>
                {
                    var json = Encoding.UTF8.GetString(bytes);
                    var faults = detector.Validate(json, rule.QueryFrequency, rule.QueryPeriod);
                    if (faults.Count > 0)
                    {
                        Assert.All(faults, fault => Assert.True(fault.Code.Length > 0 && fault.Message.Length is > 0 and < 1_000));
                        return;
                    }

                    var normal = detector.Normalize(json, rule.QueryFrequency, rule.QueryPeriod);
                    Assert.Equal(normal, detector.Normalize(normal, rule.QueryFrequency, rule.QueryPeriod));
                    var edited = rule with { SettingsJson = normal };
                    Assert.NotEmpty(detector.Describe(edited));
                    Assert.All(detector.Advise(edited), advice => Assert.NotEmpty(advice.Message));
                    Assert.True(detector.Reach(normal, rule.QueryFrequency, rule.QueryPeriod).CurrentWindow > TimeSpan.Zero);
                },
                iter: int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 20_000);
        }
    }
}
