using RulePortal.Detection.Detectors;
using RulePortal.Web.Features.Demo.Generator;

namespace RulePortal.Web.Tests.Features.Demo;

/// <summary>The score sheet: what is planted and what the first rule makes of it.</summary>
public sealed class DemoScoreSheetTests
{
    // A Tuesday morning, a Sunday at noon, a Monday just after midnight, the end of a February, a New Year's Eve.
    public static TheoryData<string> Ends =>
    [
        "2026-11-24T05:07:00Z", "2026-06-14T12:00:00Z", "2027-03-01T00:01:00Z", "2028-02-29T17:30:00Z", "2026-12-31T23:59:00Z",
    ];

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task FirstRule_Last48Windows_FindsEveryAnomalyAndNothingElse(string end)
    {
        var history = new DemoHistory(Instant(end));
        var windows = history.Windows(48).ToList();

        var anomalies = Planted(history, windows, isLure: false);
        var fired = await FiredAsync(history, windows);

        Assert.True(anomalies.Count >= 6, $"Only {anomalies.Count} anomalies were planted.");
        Assert.Equal(Sheet(anomalies), Sheet(fired));
    }

    [Theory]
    [MemberData(nameof(Ends))]
    public void Incidents_Last48Windows_HoldEveryKind(string end)
    {
        var history = new DemoHistory(Instant(end), days: 0);
        var planted = history.Generator.Incidents(history.EndUtc.AddDays(-5), history.EndUtc).ToList();

        Assert.Equal(DemoAnomalies.All.Select(anomaly => anomaly.Story).Order(), planted.Where(p => !p.IsLure).Select(p => p.Story).Distinct().Order());
        Assert.Equal(7, planted.Where(p => p.IsLure).Select(p => p.Story).Distinct().Count());
    }

    [Fact]
    public async Task FirstRule_AMonthBackAndAMonthOn_FindsEveryAnomalyAndNothingElse()
    {
        // What a demo that goes on for a month will have seen: the countries come round again.
        var history = new DemoHistory(Instant("2026-11-24T05:07:00Z").AddDays(31), days: DemoConnections.Days + 31);
        var windows = history.Windows(62 * 24).ToList();

        Assert.Equal(Sheet(Planted(history, windows, isLure: false)), Sheet(await FiredAsync(history, windows)));
    }

    [Fact]
    public async Task FirstRule_WindowsOfLures_FailForTheirOwnReason()
    {
        var history = new DemoHistory(Instant("2026-11-24T05:07:00Z"));
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var lure in Planted(history, [.. history.Windows(5 * 24)], isLure: true))
        {
            rows[lure.Story] = (await history.FindAsync(lure.WindowEndUtc)).Count;
        }

        Assert.Equal(
            [
                ("A beacon of one row each half hour", 1),
                ("A known process at new addresses in a known country", 0),
                ("A new country with five result rows", 5),
                ("A new process to a known country", 0),
                ("A scan from a new country, inbound", 0),
                ("A second wave from a country that has just fired", 0),
                ("Many rows of a country seen every week", 0),
            ],
            rows.OrderBy(row => row.Key, StringComparer.Ordinal).Select(row => (row.Key, row.Value)));
    }

    private static DateTime Instant(string text) => DateTimeOffset.Parse(text).UtcDateTime;

    private static List<DemoIncident> Planted(DemoHistory history, IReadOnlyCollection<DateTime> windows, bool isLure) =>
    [
        .. history.Generator.Incidents(windows.First().AddHours(-1), windows.Last()).Where(incident => incident.IsLure == isLure),
    ];

    private static async Task<List<(DateTime End, IReadOnlyList<Finding> Findings)>> FiredAsync(DemoHistory history, IEnumerable<DateTime> windows)
    {
        var fired = new List<(DateTime, IReadOnlyList<Finding>)>();
        foreach (var end in windows)
        {
            var findings = await history.FindAsync(end);
            if (findings.Count > DemoHistory.Threshold)
            {
                fired.Add((end, findings));
            }
        }

        return fired;
    }

    private static IEnumerable<string> Sheet(IEnumerable<DemoIncident> anomalies) =>
        anomalies.Select(anomaly => $"{anomaly.WindowEndUtc:O} {string.Join(", ", anomaly.Countries.Order(StringComparer.Ordinal))}");

    private static IEnumerable<string> Sheet(IEnumerable<(DateTime End, IReadOnlyList<Finding> Findings)> fired) =>
        fired.Select(window => $"{window.End:O} {string.Join(", ", window.Findings.Select(finding => (string)finding["RemoteCountry"]!).Distinct().Order(StringComparer.Ordinal))}");
}
