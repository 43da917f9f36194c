using System.Globalization;
using System.Xml;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Shipped;

namespace RulePortal.Benchmarks;

/// <summary>Settings under which the rule is timed.</summary>
internal sealed record RuleCase(string Name, int CountryThreshold = 5, int TupleThreshold = 7, int CountryDays = 30, int TupleDays = 7)
{
    public TimeSpan CountryLookback => TimeSpan.FromDays(CountryDays);

    public TimeSpan TupleLookback => TimeSpan.FromDays(TupleDays);

    private string Json => string.Create(
        CultureInfo.InvariantCulture,
        $$"""
        {"countryThreshold": {{CountryThreshold}}, "tupleThreshold": {{TupleThreshold}}, "countryLookback": "{{XmlConvert.ToString(CountryLookback)}}", "tupleLookback": "{{XmlConvert.ToString(TupleLookback)}}"}
        """);

    /// <summary>The first rule with these settings.</summary>
    public BoundRule Bind() =>
        DetectorCatalog.Shipped.Bind(ShippedRules.RareOutboundConnectionByProcess.Definition with { SettingsJson = Json });
}
