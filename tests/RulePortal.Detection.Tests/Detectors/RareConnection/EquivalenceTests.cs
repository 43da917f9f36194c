using CsCheck;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.RareConnection;
using RulePortal.TestSupport;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

/// <summary>The detector against the query transcribed, over random histories, settings and instants at the boundaries.</summary>
public sealed class EquivalenceTests
{
    private static readonly TimeSpan Frequency = TimeSpan.FromHours(1);

    private static readonly Gen<RareOutboundConnectionSettings> Settings =
        from direction in Gen.Frequency((4, "outbound"), (1, "inbound"))
        from window in Gen.OneOf<TimeSpan?>(
            null, Frequency, TimeSpan.FromMinutes(20), TimeSpan.FromHours(5), Frequency + TimeSpan.FromTicks(1))
        from countryLookback in Gen.OneOf<TimeSpan?>(null, TimeSpan.FromDays(30), TimeSpan.FromDays(7), TimeSpan.FromHours(6))
        from countryThreshold in Gen.Int[0, 20]
        from tupleLookback in Gen.OneOf(TimeSpan.FromDays(7), TimeSpan.FromDays(30), TimeSpan.FromHours(6))
        from tupleThreshold in Gen.Frequency<int>((3, Gen.Int[0, 2]), (1, Gen.Int[3, 8]))
        select new RareOutboundConnectionSettings
        {
            Direction = direction,
            CurrentWindow = window,
            CountryLookback = countryLookback,
            CountryThreshold = countryThreshold,
            TupleLookback = tupleLookback,
            TupleThreshold = tupleThreshold,
        };

    private static readonly Gen<Case> Cases =
        from settings in Settings
        from period in Gen.OneOf(TimeSpan.FromDays(30), TimeSpan.FromDays(2), TimeSpan.FromHours(6))
        from rows in Rows(settings, period).List[0, 60]
        select new Case(settings, period, rows);

    [Fact]
    public async Task DetectAsync_OverRandomHistories_GivesTheQuerysRowsInOrder()
    {
        var branches = new Branches();

        await Cases.SampleAsync(
            async @case =>
            {
                var expected = NaiveSettings.Of(@case.Settings, Frequency, @case.Period).Evaluate(@case.Rows, Histories.Now);
                var rule = Bound.Catalog.Bind(
                    Bound.Shipped with
                    {
                        SettingsJson = Bound.Json(@case.Settings),
                        QueryFrequency = Frequency,
                        QueryPeriod = @case.Period,
                    });

                var findings = await rule.DetectAsync(Histories.Now, new InMemoryConnections(@case.Rows), default);

                branches.Note(findings, @case);
                Assert.Equal(expected, findings.Select(finding => finding.Columns.Select(column => column.Value).ToArray()));
            },
            iter: Histories.Count,
            threads: 1);

        TestContext.Current.TestOutputHelper?.WriteLine(branches.ToString());
        branches.AssertAllHit(Histories.Count);
    }

    // Few values each, so that tuples and groups meet again; times on and around every boundary.
    private static Gen<VmConnection> Rows(RareOutboundConnectionSettings settings, TimeSpan period)
    {
        var instants = Histories.Instants(settings.CurrentWindow ?? Frequency, settings.CountryLookback ?? period, settings.TupleLookback);
        return from instant in instants
               from computer in Gen.Frequency((6, "vm-01"), (2, "vm-02"), (1, ""))
               from direction in Gen.Frequency((24, "outbound"), (6, "inbound"), (1, "Outbound"), (1, "outbound "), (1, ""))
               from process in Gen.Frequency((9, "curl"), (3, "ssh"), (1, "Curl"), (1, ""))
               from source in Gen.Frequency((4, "10.0.0.4"), (1, "10.0.0.5"))
               from destination in Gen.Frequency((4, "203.0.113.9"), (1, "203.0.113.10"))
               from port in Gen.OneOf<int?>(443, 443, 443, 443, null, 0, -1)
               from protocol in Gen.Frequency((6, "tcp"), (1, "udp"))
               from country in Gen.OneOf("Alfa", "alfa", "Bravo", "Côte d'Ivoire", "")
               from malicious in Gen.Frequency((6, ""), (1, "203.0.113.9"))
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
                   Protocol = protocol,
                   RemoteCountry = country,
                   MaliciousIp = malicious,
                   BytesSent = sent,
                   BytesReceived = received,
               };
    }

    private sealed record Case(RareOutboundConnectionSettings Settings, TimeSpan Period, List<VmConnection> Rows)
    {
        public IEnumerable<string> QuietCountries(IEnumerable<object?> found) => Rows
            .Where(row => row.Direction == Settings.Direction
                && row.RemoteCountry.Length > 0
                && row.TimeGenerated >= WindowStart
                && row.TimeGenerated < Histories.Now)
            .Select(row => row.RemoteCountry)
            .Distinct(StringComparer.Ordinal)
            .Where(country => !found.Contains(country));

        public int LookbackRows(string country) => Rows.Count(row => row.Direction == Settings.Direction && row.RemoteCountry == country
            && row.TimeGenerated < WindowStart && row.TimeGenerated >= Histories.Now - (Settings.CountryLookback ?? Period));

        private DateTime WindowStart => Histories.Now - (Settings.CurrentWindow ?? Frequency);

        public override string ToString() => $"{Settings}, period {Period}:\n{string.Join('\n', Rows)}";
    }

    /// <summary>Counts how often each branch was really taken: a property over empty results would hold for any detector.</summary>
    private sealed class Branches
    {
        private int withResults;
        private int severalCountries;
        private int commonCountry;
        private int everyTupleKnown;
        private int ownTupleKept;
        private int ownTupleNewButNotKept;
        private int ownTupleKnown;
        private int saturated;
        private int seenBefore;

        public void Note(IReadOnlyList<Finding> findings, Case @case)
        {
            withResults += findings.Count > 0 ? 1 : 0;
            severalCountries += findings.Select(finding => finding["RemoteCountry"]).Distinct().Count() > 1 ? 1 : 0;
            foreach (var country in @case.QuietCountries(findings.Select(finding => finding["RemoteCountry"])))
            {
                commonCountry += @case.LookbackRows(country) > @case.Settings.CountryThreshold ? 1 : 0;
                everyTupleKnown += @case.LookbackRows(country) <= @case.Settings.CountryThreshold ? 1 : 0;
            }

            ownTupleKept += findings.Count(
                finding => finding.Explanation.Branch.EndsWith("This row is of that tuple.", StringComparison.Ordinal));
            ownTupleNewButNotKept += findings.Count(
                finding => finding.Explanation.Branch.Contains("is new as well", StringComparison.Ordinal));
            ownTupleKnown += findings.Count(finding => finding.Explanation.Branch.Contains("own tuple is known", StringComparison.Ordinal));
            saturated += findings.Count(finding => finding.Explanation.Summary.Contains("64 bits", StringComparison.Ordinal));
            seenBefore += findings.Count(
                finding => finding.Explanation.Evidence.OfType<EvidenceFacts>().Any(facts => facts.Facts[0].InstantUtc is not null));
        }

        public override string ToString() =>
            $"{withResults} with results, {severalCountries} of several countries, {commonCountry} countries common, "
            + $"{everyTupleKnown} with every tuple known; rows: {ownTupleKept} kept, {ownTupleNewButNotKept} new, {ownTupleKnown} known, "
            + $"{saturated} saturated, {seenBefore} seen before";

        public void AssertAllHit(int histories)
        {
            Assert.InRange(withResults, histories / 4, histories * 95 / 100);
            Assert.All(
                (int[])
                [
                    severalCountries, commonCountry, everyTupleKnown, ownTupleKept,
                    ownTupleNewButNotKept, ownTupleKnown, saturated, seenBefore,
                ],
                hits => Assert.InRange(hits, histories / 100, int.MaxValue));
        }
    }
}
