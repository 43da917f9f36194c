using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

public sealed class ExplanationTests
{
    private const string Unit = "rows (connection-minutes)";

    [Fact]
    public async Task Explanation_NewTupleOfRareCountry_CarriesTheNumbers()
    {
        var finding = Assert.Single(
            await new Scenario().Window(3).Before(TimeSpan.FromDays(3), 2).Before(TimeSpan.FromDays(20)).DetectAsync());

        Assert.Equal(
            "curl on vm-01 (10.0.0.4 to 203.0.113.9, port 443) had 3 outbound rows with Alfa in the 1 h before 2026-01-31 00:00 UTC; "
            + "the country had 3 rows in the 30 d baseline.",
            finding.Explanation.Summary);
        Assert.Equal(
            "Alfa is rare: 3 rows in the 30 d baseline, and it takes more than 5 to be common. curl from 10.0.0.4 to 203.0.113.9 is "
            + "new: 2 rows in the 7 d baseline, and it takes more than 7 to be known. This row is of that tuple.",
            finding.Explanation.Branch);
        Assert.Equal(
            [
                new Measure(
                    "countryRows",
                    "Rows of the country in the 30 d baseline",
                    3,
                    false,
                    5,
                    "more than 5 rows make the country common",
                    Unit),
                new Measure(
                    "tupleRows",
                    "Rows of this row's tuple in the 7 d baseline",
                    2,
                    false,
                    7,
                    "more than 7 rows make the tuple known",
                    Unit),
                new Measure(
                    "leftTupleRows",
                    "Rows of the new tuple that was compared in the 7 d baseline",
                    2,
                    false,
                    7,
                    "more than 7 rows make the tuple known",
                    Unit),
                new Measure(
                    "windowRows",
                    "Rows of the country in this window",
                    3,
                    false,
                    5,
                    "more than 5 rows make the country common once this window is history",
                    Unit),
            ],
            finding.Explanation.Measures);
        Assert.Equal(
            [
                new EvidenceFact("This tuple was first seen", null, Scenario.Midnight.AddDays(-20)),
                new EvidenceFact("Records go back to", null, Scenario.Midnight.AddDays(-20)),
            ],
            Sightings(finding));
    }

    [Fact]
    public async Task Explanation_NeverSeenBefore_SaysSoAndHowFarItLooked()
    {
        var finding = Assert.Single(
            await new Scenario().Window().Before(TimeSpan.FromDays(40), 1, row => row with { RemoteCountry = "Bravo" }).DetectAsync());

        Assert.Equal(
            [
                new EvidenceFact("This tuple was first seen", "Never before"),
                new EvidenceFact("Records go back to", null, Scenario.Midnight.AddDays(-40)),
            ],
            Sightings(finding));
        Assert.Contains("had 1 outbound row with Alfa", finding.Explanation.Summary, StringComparison.Ordinal);
        Assert.Contains("the country had 0 rows", finding.Explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Explanation_OwnTupleKnown_SaysAtLeastAndWhyTheRowIsListed()
    {
        var findings = await new Scenario()
            .Window(5, row => row with { ProcessName = "backup" })
            .Before(TimeSpan.FromDays(2), 9, row => row with { ProcessName = "backup" })
            .Window()
            .DetectAsync("""{"countryThreshold": 50, "tupleThreshold": 3}""");

        Assert.Equal(["backup", "curl"], findings.Select(finding => finding["ProcessName1"]));
        var known = findings[0];
        Assert.Equal("curl", known["ProcessName"]);
        Assert.Equal(1L, known["count_"]);
        Assert.EndsWith(
            "This row's own tuple is known (at least 4 rows); the row is listed because the rule joins on the country alone.",
            known.Explanation.Branch,
            StringComparison.Ordinal);
        var own = known.Explanation.Measures.Single(measure => measure.Key == "tupleRows");
        Assert.Equal((4, true, 3, -1), (own.Value, own.IsAtLeast, own.Limit, own.Distance));
        var left = known.Explanation.Measures.Single(measure => measure.Key == "leftTupleRows");
        Assert.Equal((0, false), (left.Value, left.IsAtLeast));
        Assert.Equal(Scenario.Midnight.AddDays(-2), Sightings(known)[0].InstantUtc);
        Assert.Equal(("Never before", null), (Sightings(findings[1])[0].Text, Sightings(findings[1])[0].InstantUtc));
    }

    [Fact]
    public async Task Explanation_OwnTupleAtTheLimit_IsNewAsWell()
    {
        var findings = await new Scenario()
            .Window(2)
            .Window(1, row => row with { ProcessName = "ssh" })
            .Before(TimeSpan.FromDays(2), 3, row => row with { ProcessName = "ssh" })
            .DetectAsync("""{"tupleThreshold": 3}""");

        var ssh = findings.Single(finding => finding["ProcessName1"] is "ssh");
        Assert.EndsWith("This row's own tuple is new as well (3 rows).", ssh.Explanation.Branch, StringComparison.Ordinal);
        Assert.False(ssh.Explanation.Measures.Single(measure => measure.Key == "tupleRows").IsAtLeast);
        Assert.All(findings, finding => Assert.Equal(3, finding.Explanation.Measures.Single(measure => measure.Key == "windowRows").Value));
    }

    [Theory]
    [InlineData(2, 2, "curl")]
    [InlineData(2, 3, "ssh")]
    public async Task Kept_AmongNewTuples_IsTheOneWithMostRowsThenTheFirstInOrder(int curl, int ssh, string kept)
    {
        var findings = await new Scenario().Window(ssh, row => row with { ProcessName = "ssh" }).Window(curl).DetectAsync();

        Assert.All(findings, finding => Assert.Equal(kept, finding["ProcessName"]));
    }

    [Fact]
    public async Task Kept_TiesBeyondTheProcess_GoToTheLowerAddresses()
    {
        var findings = await new Scenario()
            .Window(1, row => row with { SourceIp = "10.0.0.9", DestinationIp = "203.0.113.1" })
            .Window(1, row => row with { SourceIp = "10.0.0.5", DestinationIp = "203.0.113.7" })
            .Window(1, row => row with { SourceIp = "10.0.0.5", DestinationIp = "203.0.113.6" })
            .DetectAsync();

        Assert.All(findings, finding => Assert.Equal(("10.0.0.5", "203.0.113.6"), (finding["SourceIp"], finding["DestinationIp"])));
    }

    [Fact]
    public async Task Summary_SumPastSixtyFourBits_SaysThatItIsHeldAtTheLimit()
    {
        var sent = Assert.Single(await new Scenario().Window(2, row => row with { BytesSent = long.MaxValue }).DetectAsync());
        var received = Assert.Single(await new Scenario().Window(2, row => row with { BytesReceived = long.MinValue }).DetectAsync());
        var exact = Assert.Single(await new Scenario().Window(1, row => row with { BytesSent = long.MaxValue }).DetectAsync());

        Assert.Equal(long.MaxValue, sent["sum_BytesSent"]);
        Assert.EndsWith(
            "A sum of bytes went past 64 bits and is shown at their limit.", sent.Explanation.Summary, StringComparison.Ordinal);
        Assert.Equal(long.MinValue, received["sum_BytesReceived"]);
        Assert.EndsWith(
            "A sum of bytes went past 64 bits and is shown at their limit.", received.Explanation.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain("64 bits", exact.Explanation.Summary, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sentences_HostileNames_AreOneShortPlainLine()
    {
        var hostile = "a\r\n\u202Eb" + new string('x', 5_000);
        var finding = Assert.Single(
            await new Scenario().Window(1, row => row with { ProcessName = hostile, Computer = "", DestinationPort = null }).DetectAsync());

        Assert.Equal(hostile, finding["ProcessName1"]);
        Assert.Contains("on (empty) (10.0.0.4 to 203.0.113.9, no port)", finding.Explanation.Summary, StringComparison.Ordinal);
        Assert.DoesNotContain(
            finding.Explanation.Summary + finding.Explanation.Branch, character => char.IsControl(character) || character == '\u202E');
        Assert.InRange(finding.Explanation.Summary.Length, 100, 400);
    }

    [Fact]
    public async Task Entities_OfARow_AreHostProcessAddressesAndCountryWithoutRepeatsOrBlanks()
    {
        var full = Assert.Single(await new Scenario().Window().DetectAsync());
        var sparse = Assert.Single(
            await new Scenario().Window(1, row => row with { Computer = "", DestinationIp = row.SourceIp }).DetectAsync());

        Assert.Equal(
            [
                new FindingEntity(EntityType.Host, "vm-01"),
                new FindingEntity(EntityType.Process, "curl"),
                new FindingEntity(EntityType.Ip, "10.0.0.4"),
                new FindingEntity(EntityType.Ip, "203.0.113.9"),
                new FindingEntity(EntityType.Country, "Alfa"),
            ],
            full.Entities);
        Assert.Equal([EntityType.Process, EntityType.Ip, EntityType.Country], sparse.Entities.Select(entity => entity.Type));
    }

    [Fact]
    public async Task GroupKey_SameNineValues_IsTheSameWhateverTheSums()
    {
        var once = Assert.Single(await new Scenario().Window().DetectAsync());
        var again = Assert.Single(
            await new Scenario()
                .Window(4, row => row with { BytesSent = 9, TimeGenerated = row.TimeGenerated.AddMinutes(2) }).DetectAsync());

        Assert.Equal(once.GroupKey, again.GroupKey);
        Assert.Equal("929263c5dd3844d2669f58d8d3d6d22278c03fb1d4a98eaa3d4d926e4b96af0a", once.GroupKey);
    }

    [Fact]
    public async Task GroupKey_AnyOfTheNineDiffers_IsAnother()
    {
        var scenario = new Scenario().Window()
            .Window(1, row => row with { Computer = "vm-02" })
            .Window(1, row => row with { ProcessName = "ssh" })
            .Window(1, row => row with { SourceIp = "10.0.0.5" })
            .Window(1, row => row with { DestinationIp = "203.0.113.8" })
            .Window(1, row => row with { DestinationPort = 0 })
            .Window(1, row => row with { DestinationPort = null })
            .Window(1, row => row with { Protocol = "udp" })
            .Window(1, row => row with { RemoteCountry = "Bravo" })
            .Window(1, row => row with { MaliciousIp = "203.0.113.9" });

        var findings = await scenario.DetectAsync();

        Assert.Equal(10, findings.Select(finding => finding.GroupKey).Distinct(StringComparer.Ordinal).Count());
        Assert.All(findings, finding => Assert.Matches("^[0-9a-f]{64}$", finding.GroupKey));
    }

    private static IReadOnlyList<EvidenceFact> Sightings(Finding finding) =>
        Assert.IsType<EvidenceFacts>(
            Assert.Single(finding.Explanation.Evidence, evidence => evidence.Title == "Before the window")).Facts;
}
