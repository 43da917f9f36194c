using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Tests.Kit;

public sealed class TuningViewTests
{
    private static readonly Guid Rule = new("1c408090-0320-44d5-aba8-e55500c2cfad");

    [Fact]
    public void Address_EverythingSet_IsReadAsItWasWritten()
    {
        var view = new TuningView
        {
            Days = 7,
            ToUtc = new DateTime(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc),
            Highest = 120,
            Values = new Dictionary<string, string>(StringComparer.Ordinal) { ["countryThreshold"] = "9" },
            Curve = "tupleThreshold",
            Across = "countryThreshold",
            Down = "tupleThreshold",
            WindowUtc = new DateTime(2026, 3, 2, 11, 0, 0, DateTimeKind.Utc),
            Entity = "a\"><script>&b=9#\u202e",
            AlertId = 12,
            VersionA = "3",
            VersionB = TuningView.Edit,
            Find = "&label=never <img src=x>",
            Label = "true-positive",
        };

        var (read, faults) = TuningViewReader.Read(new Uri(new Uri("http://portal"), PortalUrls.Tuning(Rule, view)));

        Assert.Empty(faults);
        Assert.Equal(view with { Values = read.Values }, read);
        Assert.Equal(view.Values, read.Values);
        Assert.DoesNotContain("<", PortalUrls.Tuning(Rule, view), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?highest=9999", "'9999' is not a number from 50 to 200.")]
    [InlineData("?alert=-1", "'-1' is not a number.")]
    [InlineData("?a=12345678901", "At most 10 characters; these are 11.")]
    public void Address_BeyondItsBounds_IsSaidAndLeftOut(string query, string words)
    {
        var (view, faults) = TuningViewReader.Read(new Uri("http://portal/tuning/x" + query));

        Assert.Equal(words, Assert.Single(faults).Message);
        Assert.Equal((50, null, null), (view.Highest, view.AlertId, view.VersionA));
    }
}
