using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors.RareConnection;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

/// <summary>Reads that end among rows of one instant neither lose nor repeat any.</summary>
public sealed class ScannedCountryTests
{
    private static readonly DateTime Start = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(5_000, 1)]
    [InlineData(5_000, 7)]
    [InlineData(9_000, 3_000)]
    [InlineData(9_000, 9_000)]
    public async Task CoverAsync_ManyRowsOfOneInstant_HoldsEachOnce(int rows, int together)
    {
        var history = new InMemoryConnections(
            Enumerable.Range(0, rows).Select(
                i => new VmConnection { TimeGenerated = Start.AddSeconds(i / together), Direction = "outbound", RemoteCountry = "Alfa" }));
        var reach = new TimeRange(Start, Start.AddDays(1));
        var country = new ScannedCountry(history, "outbound", "Alfa", reach);

        await country.CoverAsync(reach, TestContext.Current.CancellationToken);

        Assert.Equal(rows, country.Count(reach));
    }
}
