using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

/// <summary>The inbound twin, and both rules as revised, against their queries transcribed, over random histories and settings.</summary>
public sealed class SiblingEquivalenceTests
{
    public static TheoryData<string> Kinds =>
        [RareConnectionDetectors.Inbound, RareConnectionDetectors.InboundByAddress, RareConnectionDetectors.OutboundByAddress];

    private static readonly Gen<RareConnectionSettings> Settings =
        from window in Gen.OneOf<TimeSpan?>(null, TimeSpan.FromHours(1), TimeSpan.FromMinutes(20), TimeSpan.FromHours(5))
        from countryLookback in Gen.OneOf<TimeSpan?>(null, TimeSpan.FromDays(30), TimeSpan.FromDays(7), TimeSpan.FromHours(30))
        from countryThreshold in Gen.Int[0, 20]
        from tupleLookback in Gen.OneOf(TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromHours(26))
        from tupleThreshold in Gen.Frequency((3, Gen.Int[0, 2]), (1, Gen.Int[3, 8]))
        select new RareConnectionSettings
        {
            CurrentWindow = window,
            CountryLookback = countryLookback,
            CountryThreshold = countryThreshold,
            TupleLookback = tupleLookback,
            TupleThreshold = tupleThreshold,
        };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task DetectAsync_OverRandomHistories_GivesTheQuerysRowsInOrder(string kind)
    {
        var seen = new Seen();
        var cases =
            from settings in Settings
            from frequency in Gen.OneOf(TimeSpan.FromHours(1), TimeSpan.FromDays(1))
            from rows in Rows(kind, settings, frequency).List[0, 60]
            select (settings, frequency, rows);

        await cases.SampleAsync(
            async one =>
            {
                var rule = Bound.Catalog.Bind(Bound.Shipped with
                {
                    Detector = kind,
                    SettingsJson = Bound.Json(one.settings),
                    QueryFrequency = one.frequency,
                    QueryPeriod = TimeSpan.FromDays(14),
                });
                var expected = NaiveSettings.Of(one.settings, one.frequency, TimeSpan.FromDays(14)).Evaluate(kind, one.rows, Histories.Now);

                var findings = await rule.DetectAsync(Histories.Now, new InMemoryConnections(one.rows), default);

                seen.Note(findings);
                Assert.Equal(expected, findings.Select(finding => finding.Columns.Select(column => column.Value).ToArray()));
                Assert.Equal(findings.Count, findings.DistinctBy(finding => finding.GroupKey).Count());
            },
            iter: Histories.Count,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine(seen.ToString());
        seen.AssertAllHit(kind, Histories.Count);
    }

    // As for the first rule, with blocks of addresses, internal ones, directions in other cases, and what is said of an address.
    private static Gen<VmConnection> Rows(string kind, RareConnectionSettings settings, TimeSpan frequency)
    {
        var (main, title, other) = kind == RareConnectionDetectors.OutboundByAddress
            ? ("outbound", "Outbound", "inbound")
            : ("inbound", "Inbound", "outbound");
        return from instant in Histories.Instants(
            settings.CurrentWindow ?? frequency, settings.CountryLookback ?? TimeSpan.FromDays(14), settings.TupleLookback)
               from computer in Gen.Frequency((6, "vm-01"), (2, "vm-02"), (1, ""))
               from direction in Gen.Frequency((24, main), (6, other), (4, title), (1, main.ToUpperInvariant()), (1, $"{main} "), (1, ""))
               from process in Gen.Frequency((9, "curl"), (3, "ssh"), (1, "Curl"), (1, ""))
               from source in Gen.Frequency(
                   (8, "10.0.0.4"),
                   (2, "10.0.0.5"),
                   (2, "10.0.1.4"),
                   (1, "192.168.0.4"),
                   (1, "192.1680.0.4"),
                   (1, "fe80::4"),
                   (1, "::ffff:10.0.0.4"),
                   (1, ""))
               from destination in Gen.Frequency((8, "203.0.113.9"), (2, "203.0.113.10"), (1, "203.0.113"), (1, "192.168.7.9"))
               from port in Gen.OneOf<int?>(443, 443, 443, 443, null, 0)
               from country in Gen.OneOf("Alfa", "alfa", "Bravo", "Côte d'Ivoire", "")
               from malicious in Gen.Frequency((6, ""), (1, "203.0.113.9"))
               from details in Gen.Frequency(
                   (8, (string?)null),
                   (1, "{}"),
                   (1, """{"IndicatorThreatType":"Botnet","Confidence":80}"""),
                   (1, """{"IndicatorThreatType":"C2","ReportReferenceLink":"https://example.org/1"}"""))
               from sent in Histories.Bytes
               from received in Histories.Bytes
               select new VmConnection
               {
                   TimeGenerated = instant,
                   Computer = computer,
                   Direction = direction,
                   ProcessName = process,
                   SourceIp = source,
                   DestinationIp = destination,
                   DestinationPort = port,
                   Protocol = "tcp",
                   RemoteCountry = country,
                   MaliciousIp = malicious,
                   BytesSent = sent,
                   BytesReceived = received,
                   Details = details,
               };
    }

    /// <summary>Counts what was really met: a property over empty results would hold for any detector.</summary>
    private sealed class Seen
    {
        private int withResults;
        private int severalCountries;
        private int otherCase;
        private int internalAddress;
        private int indicator;
        private int ownTupleKnown;
        private int otherProcess;

        public void Note(IReadOnlyList<Finding> findings)
        {
            withResults += findings.Count > 0 ? 1 : 0;
            severalCountries += findings.Select(finding => finding.Subject).Distinct().Count() > 1 ? 1 : 0;
            otherCase += findings.Count(finding => finding["Direction"] is "Inbound" or "INBOUND" or "Outbound");
            internalAddress += findings.Count(
                finding => finding.Entities.Any(entity => entity.Value.StartsWith("192.168.", StringComparison.Ordinal)));
            indicator += findings.GroupBy(finding => string.Join('|', finding.Entities)).Count(same => same.Count() > 1);
            ownTupleKnown += findings.Count(finding => finding.Explanation.Branch.Contains("own tuple is known", StringComparison.Ordinal));
            otherProcess += findings.Count(
                finding => finding.Entities.All(entity => entity.Value != (string)finding["ProcessName"]!)
                    && finding["ProcessName"] is not "");
        }

        public override string ToString() =>
            $"{withResults} with results, {severalCountries} of several countries; rows: {otherCase} in another case, "
            + $"{internalAddress} internal, {indicator} told apart otherwise, {ownTupleKnown} known, {otherProcess} of another process";

        public void AssertAllHit(string kind, int histories)
        {
            var (isRevised, isInbound) = (kind != RareConnectionDetectors.Inbound, kind != RareConnectionDetectors.OutboundByAddress);
            Assert.InRange(withResults, histories / 5, histories * 95 / 100);
            Hit(severalCountries, isMet: true);
            Hit(otherCase, isRevised && isInbound);
            Hit(internalAddress, !isRevised);
            Hit(indicator, isMet: true);
            Hit(otherProcess, !isInbound);
            if (!isInbound || !isRevised)
            {
                Hit(ownTupleKnown, isMet: true);
            }

            void Hit(int hits, bool isMet) => Assert.InRange(hits, isMet ? histories / 100 : 0, isMet ? int.MaxValue : 0);
        }
    }
}
