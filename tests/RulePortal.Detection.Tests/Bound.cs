using System.Text.Json.Nodes;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Simulation;
using RulePortal.TestSupport;
using RulePortal.Detection.Wording;

namespace RulePortal.Detection.Tests;

/// <summary>Rules as tests bind them: to the detectors shipped and to one of the tests' own.</summary>
internal static class Bound
{
    public static DetectorCatalog Catalog { get; } = new([.. DetectorCatalog.Shipped.All, new HostRowsDetector()]);

    public static RuleDefinition Shipped { get; } = ShippedRules.RareOutboundConnectionByProcess.Definition;

    /// <summary>The first rule with other settings.</summary>
    public static BoundRule First(string settingsJson = "{}") => Catalog.Bind(Shipped with { SettingsJson = settingsJson });

    /// <summary>Settings as JSON, by their schema and not by the order in which a record has its properties.</summary>
    public static string Json<TSettings>(TSettings settings)
        where TSettings : class, new() =>
        new JsonObject(
            SettingsSchema<TSettings>.Settings.Select(
                setting => KeyValuePair.Create(
                    setting.Key, setting.Write(SettingsSchema<TSettings>.Value(settings, setting.Key))))).ToJsonString();

    /// <summary>The rule as a what-if has it, written into its definition and bound again.</summary>
    public static BoundRule At(this BoundRule rule, WhatIfSetting setting)
    {
        var settings = JsonNode.Parse(rule.Definition.SettingsJson)!.AsObject();
        foreach (var (knob, value) in rule.Detector.Knobs.Zip(setting.Knobs))
        {
            settings[knob.Threshold.Key] = value.Threshold;
            if (knob.Lookback is { } lookback)
            {
                settings[lookback.Key] = DurationText.ToIso(value.Lookback);
            }
        }

        return new DetectorCatalog([rule.Detector])
            .Bind(rule.Definition with { SettingsJson = settings.ToJsonString(), TriggerThreshold = setting.TriggerThreshold });
    }
}
