using Microsoft.Extensions.Configuration;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Tests.Kit;

public sealed class SettingsCheckTests
{
    [Fact]
    public void Faults_NothingConfigured_AreNone() => Assert.Empty(Faults());

    [Fact]
    public void Faults_OfTypesAndOfRules_AreToldTogether() => Assert.Equal(
        [
            "Sample:Level is 'Loud'; allowed: Quiet, Normal.",
            "Sample:Wait is 'soon'; allowed: a time span such as 00:05:00 (hours:minutes:seconds) or 7.00:00:00 (days first).",
            "Sample:Count is 0; allowed: 1 to 10.",
        ],
        Faults(("Sample:Level", "Loud"), ("Sample:Wait", "soon"), ("Sample:Count", "0")));

    [Fact]
    public void Faults_OfAValueThatCannotBeRead_AreToldOnce() => Assert.Equal(["Sample:Count is 'x'; allowed: a whole number."], Faults(("Sample:Count", "x")));

    [Theory]
    [InlineData("quiet", true)]
    [InlineData("Normal", true)]
    [InlineData("1", false)]
    [InlineData("Quiet, Normal", false)]
    public void Faults_OfAnEnum_TakeItsNamesOnly(string level, bool right) => Assert.Equal(right, Faults(("Sample:Level", level)).Count == 0);

    private static List<string> Faults(params (string Key, string Value)[] settings) =>
        [.. new SettingsCheck<Sample>(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value))).Build()).Faults()];

    private enum Loudness
    {
        Quiet = 0,
        Normal = 1,
    }

    private sealed class Sample : IPortalSettings
    {
        public static string Section => "Sample";

        public Loudness? Level { get; set; }

        public TimeSpan Wait { get; set; }

        public int? Count { get; set; } = 1;

        public IEnumerable<string> Faults()
        {
            if (Count is null or < 1 or > 10)
            {
                yield return $"Sample:Count is {Count}; allowed: 1 to 10.";
            }
        }
    }
}
