using System.Net;
using RulePortal.Detection.Connections;
using RulePortal.Web.Features.Demo.Generator;

namespace RulePortal.Web.Tests.Features.Demo;

public sealed class DemoConnectionsTests
{
    private static readonly DateTime End = new(2026, 11, 24, 5, 7, 0, DateTimeKind.Utc);
    private static readonly DemoHistory History = new(End);

    // Documentation (RFC 5737), benchmarking (RFC 2544) and private addresses: no stranger's.
    private static readonly IPNetwork[] Allowed =
    [
        IPNetwork.Parse("192.0.2.0/24"), IPNetwork.Parse("198.51.100.0/24"), IPNetwork.Parse("203.0.113.0/24"), IPNetwork.Parse("198.18.0.0/15"), IPNetwork.Parse("10.0.0.0/8"),
    ];

    [Fact]
    public void Between_62Days_IsACompanyOfSomeDozenHosts()
    {
        Assert.InRange(History.Rows.Count, 300_000, 500_000);
        Assert.InRange(History.Rows.Select(row => row.Computer).Distinct().Count(), 25, 40);
        Assert.True(History.Rows.Select(row => row.ProcessName).Distinct().Count() >= 30);
        Assert.True(History.Rows.Where(row => row.RemoteCountry.Length > 0 && row.Direction == "inbound").Skip(10_000).Any());
    }

    [Fact]
    public void Between_62Days_RowsAreWhole()
    {
        Assert.All(History.Rows, row =>
        {
            Assert.Equal(0, row.TimeGenerated.Ticks % TimeSpan.TicksPerMinute);
            Assert.InRange(row.TimeGenerated, End.AddDays(-62), End.AddMinutes(-1));
            Assert.Contains(row.Direction, (string[])["inbound", "outbound"]);
            Assert.Equal(row.RemoteIp, row.Direction == "inbound" ? row.SourceIp : row.DestinationIp);
            Assert.Equal(row.RemoteCountry.Length == 0, row.RemoteIp.StartsWith("10.", StringComparison.Ordinal));
            Assert.True(row.BytesSent > 0 && row.BytesReceived > 0);
        });
        Assert.Equal(History.Rows.OrderBy(row => row.TimeGenerated).Select(row => row.TimeGenerated), History.Rows.Select(row => row.TimeGenerated));
        Assert.All(
            History.Rows.SelectMany(row => (string[])[row.SourceIp, row.DestinationIp]).Distinct(),
            address => Assert.Contains(Allowed, network => network.Contains(IPAddress.Parse(address))));
    }

    [Fact]
    public void Between_OfficeHours_AreBusierThanNightsAndWeekends()
    {
        var officeRows = History.Rows.Where(row => row.ProcessName == "chrome.exe").ToList();
        double Mean(Func<DateTime, bool> when) => officeRows.Count(row => when(row.TimeGenerated)) / (double)Enumerable.Range(1, 62 * 24).Count(hour => when(End.AddHours(-hour)));

        var work = Mean(time => time.DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday) && time.Hour is >= 8 and < 15);
        var night = Mean(time => time.Hour is < 5);
        var weekend = Mean(time => time.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday);

        Assert.True(work > 10 * night && work > 10 * weekend, $"{work} rows an hour at work, {night} at night, {weekend} at the weekend.");
    }

    [Fact]
    public void Between_MinuteByMinute_GivesTheSameRows()
    {
        var generator = new DemoConnections();
        var start = End.AddHours(-30);
        var pieces = Enumerable.Range(0, 30 * 60).SelectMany(minute => generator.Between(start.AddMinutes(minute), start.AddMinutes(minute + 1)));

        Assert.Equal(History.Rows.Where(row => row.TimeGenerated >= start), pieces);
    }

    [Fact]
    public void Between_OtherSeed_GivesOtherRows()
    {
        var other = new DemoConnections(seed: 1).Between(End.AddHours(-2), End);

        Assert.NotEqual(History.Rows.Where(row => row.TimeGenerated >= End.AddHours(-2)), other);
    }

    [Fact]
    public void Between_Scaled_GrowsWithTheMachines()
    {
        static int Rows(IEnumerable<VmConnection> rows) => rows.Count();
        var day = (From: End.AddDays(-7), To: End.AddDays(-6));

        Assert.InRange(Rows(new DemoConnections(scale: 8).Between(day.From, day.To)), 6 * Rows(new DemoConnections().Between(day.From, day.To)), 9 * Rows(new DemoConnections().Between(day.From, day.To)));
    }
}
