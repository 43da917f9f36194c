using RulePortal.Detection.Shipped;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Tests.Shipped;

public sealed class RuleTextHeaderTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Parse_HeaderThenQuery_SplitsThem(string line)
    {
        var text = string.Join(
            line,
            "// Name: One",
            "// Description: It says",
            "// this and: that,",
            "//  and more  ",
            "//",
            "// stray",
            "// Id:2",
            "T | where a // Name: Other",
            "// Severity: High",
            "");

        var header = RuleTextHeader.Parse(text);

        Assert.Equal("One", header["Name"]);
        Assert.Equal("It says this and: that, and more", header["description"]);
        Assert.Equal("2", header["Id"]);
        Assert.Equal(string.Join(line, "T | where a // Name: Other", "// Severity: High", ""), header.Query);
        Assert.Contains("'Severity'", Assert.Throws<FormatException>(() => header["Severity"]).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("// Name: One", "")]
    [InlineData("// stray\nT", "T")]
    [InlineData("T", "T")]
    public void Parse_PartsMissing_GivesTheRest(string text, string query) => Assert.Equal(query, RuleTextHeader.Parse(text).Query);
}
