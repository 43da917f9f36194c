using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Data.Tests.Rules;

public sealed class RuleVersionDiffTests
{
    [Fact]
    public void Between_EqualDefinitions_IsEmpty() =>
        Assert.Empty(RuleVersionDiff.Between(RuleShelf.Definition("Rule"), RuleShelf.Definition("Rule")));

    [Fact]
    public void Between_DurationsSpelledOtherwise_IsEmpty()
    {
        var before = RuleShelf.Definition("Rule") with { SettingsJson = """{"tupleLookback":"PT70M","direction":"outbound"}""" };
        var after = before with { SettingsJson = """{"direction":"outbound","tupleLookback":"PT1H10M"}""" };

        Assert.Empty(RuleVersionDiff.Between(before, after));
    }

    [Fact]
    public void Between_SettingsChangedAddedAndRemoved_NamesEachOfThem()
    {
        var before = RuleShelf.Definition("Rule") with { SettingsJson = """{"countryThreshold":5,"countryLookback":null,"tupleLookback":"P7D"}""" };
        var after = before with { SettingsJson = """{"countryThreshold":6,"countryLookback":"P14D","direction":"inbound"}""" };

        Assert.Equal(
            [
                new("settings.countryThreshold", "5", "6"),
                new("settings.countryLookback", null, "P14D"),
                new("settings.tupleLookback", "P7D", null),
                new("settings.direction", null, "inbound"),
            ],
            RuleVersionDiff.Between(before, after));
    }

    [Fact]
    public void Between_EveryOtherFieldChanged_NamesEachOnceInTheOrderOfTheForm()
    {
        var before = RuleShelf.Definition("Rule");
        var after = before with
        {
            Name = "Rule 2",
            Description = "Why.",
            Severity = Severity.High,
            Tactics = [AttackTactic.Discovery, AttackTactic.Collection],
            TacticsText = "#Discover",
            Techniques = ["T1071"],
            QueryText = "VMConnection",
            Detector = "Other",
            QueryFrequency = TimeSpan.FromMinutes(90),
            QueryPeriod = TimeSpan.FromDays(14),
            TriggerOperator = TriggerOperator.Equal,
            TriggerThreshold = 0,
            EventGrouping = EventGrouping.AlertPerResult,
            SuppressionDuration = TimeSpan.FromHours(5),
            LearningPeriod = TimeSpan.Zero,
            HoldAbove = null,
            BaselineExcludesAlerts = true,
        };

        Assert.Equal(
            [
                new("name", "Rule", "Rule 2"),
                new("description", "", "Why."),
                new("severity", "Medium", "High"),
                new("tactics", "", "Discovery, Collection"),
                new("tacticsText", null, "#Discover"),
                new("techniques", "", "T1071"),
                new("queryText", null, "VMConnection"),
                new("detector", "RareOutboundConnection", "Other"),
                new("queryFrequency", "PT1H", "PT1H30M"),
                new("queryPeriod", "P30D", "P14D"),
                new("triggerOperator", "GreaterThan", "Equal"),
                new("triggerThreshold", "5", "0"),
                new("eventGrouping", "SingleAlert", "AlertPerResult"),
                new("suppressionDuration", null, "PT5H"),
                new("learningPeriod", "P7D", "PT0S"),
                new("baselineExcludesAlerts", "false", "true"),
                new("holdAbove", "1000", null),
            ],
            RuleVersionDiff.Between(before, after));
    }
}
