using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Detection.Tests.Shipped;

public sealed class ShippedRulesTests
{
    [Fact]
    public void FirstRule_FromItsText_HasItsFields()
    {
        var (id, rule) = ShippedRules.RareOutboundConnectionByProcess;

        Assert.Equal(Guid.Parse("1c408090-0320-44d5-aba8-e55500c2cfad"), id);
        Assert.Equal("Rare/New Outbound connections from VMs by process and location", rule.Name);
        Assert.StartsWith("This identifies if there is unusual connections", rule.Description, StringComparison.Ordinal);
        Assert.EndsWith("and whether or not this is expected.", rule.Description, StringComparison.Ordinal);
        Assert.Equal(Severity.Low, rule.Severity);
        Assert.Equal(
            [
                AttackTactic.CommandAndControl,
                AttackTactic.InitialAccess,
                AttackTactic.Exfiltration,
                AttackTactic.Discovery,
                AttackTactic.Collection,
            ],
            rule.Tactics);
        Assert.Equal("#CommandAndControl, #InitialAccess, #Exfiltration, #Discover, #Collection", rule.TacticsText);
        Assert.Empty(rule.Techniques);
        Assert.Equal((TimeSpan.FromHours(1), TimeSpan.FromDays(30)), (rule.QueryFrequency, rule.QueryPeriod));
        Assert.Equal((TriggerOperator.GreaterThan, 5), (rule.TriggerOperator, rule.TriggerThreshold));
        Assert.StartsWith("let CountryCount = VMConnection", rule.QueryText, StringComparison.Ordinal);
        Assert.EndsWith(") on RemoteCountry", rule.QueryText!.TrimEnd(), StringComparison.Ordinal);
    }

    [Fact]
    public void All_OfThem_AreValidAndDescribed()
    {
        var faults = ShippedRules.All.SelectMany(rule => DetectorCatalog.Shipped.Check(rule.Definition, out _));

        Assert.Empty(faults);
        Assert.NotEmpty(ShippedRules.All);
        Assert.All(ShippedRules.All, rule => Assert.NotEmpty(RuleWords.Describe(DetectorCatalog.Shipped.Bind(rule.Definition))));
        Assert.Equal(ShippedRules.All.Count, ShippedRules.All.DistinctBy(rule => rule.Id).Count());
        Assert.Equal(ShippedRules.All.Count, ShippedRules.All.DistinctBy(rule => rule.Definition.Name).Count());
    }

    [Fact]
    public void Licence_OfTheTexts_IsShippedBesideThem()
    {
        using var stream = typeof(ShippedRules).Assembly.GetManifestResourceStream("LICENSE.Azure-Sentinel.txt");

        using var reader = new StreamReader(stream!);
        Assert.Contains("Copyright (c) Microsoft Corporation", reader.ReadToEnd(), StringComparison.Ordinal);
    }
}
