using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;

namespace RulePortal.Detection.Tests.Rules;

public sealed class RuleAdvisorTests
{
    [Fact]
    public void Advise_ShippedRule_SaysWhatSentinelWouldRefuseAndWhatWasMapped()
    {
        var advice = Bound.First().Advice;

        Assert.Equal(
            new RuleAdvice(
                "sentinel.period-too-long", "queryPeriod", "Sentinel would refuse: its QueryPeriod is at most 14 d, here it is 30 d."),
            advice[0]);
        Assert.Equal(
            new RuleAdvice("tactics.mapped", "tactics", "'#Discover' is no tactic of ATT&CK; it is read as Discovery."),
            advice[1]);
        Assert.Contains(advice, one => one.Code == "country.self-poisoning");
    }

    [Fact]
    public void Advise_WithinSentinelsLimits_SaysNothingOfThem() => Assert.DoesNotContain(
        RuleAdvisor.Advise(Bound.Shipped with
        {
            QueryPeriod = TimeSpan.FromDays(14),
            QueryText = new string('q', 10_000),
            Techniques = ["T1071"],
            TacticsText = "#Impact",
        }),
        advice => advice.Code.StartsWith("sentinel.", StringComparison.Ordinal) || advice.Code == "tactics.mapped");

    [Fact]
    public void Advise_BeyondSentinelsLimits_SaysEach() => Assert.Equal(
        ["sentinel.technique-without-tactic", "sentinel.query-too-long"],
        RuleAdvisor.Advise(Bound.Shipped with
        {
            QueryPeriod = TimeSpan.FromDays(14),
            QueryText = new string('q', 10_001),
            Techniques = ["T1071"],
            Tactics = [],
            TacticsText = null,
        })
            .Select(advice => advice.Code).Where(code => code.StartsWith("sentinel.", StringComparison.Ordinal)));

    [Theory]
    [InlineData("NoSuchDetector", "{}")]
    [InlineData("RareOutboundConnectionByProcess", "nonsense")]
    public void Advise_DetectorOrSettingsUnreadable_AdvisesOnTheRest(string detector, string settings) => Assert.Equal(
        ["sentinel.period-too-long", "tactics.mapped"],
        RuleAdvisor.Advise(Bound.Shipped with { Detector = detector, SettingsJson = settings }).Select(advice => advice.Code));
}
