using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Tests.Kit.Api;

public sealed class CsvTextTests
{
    [Theory]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("  =cmd|' /C calc'!A0", "'  =cmd|' /C calc'!A0")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("\uFF1D1", "'\uFF1D1")]
    [InlineData("=a,\"b\"", "\"'=a,\"\"b\"\"\"")]
    public void Line_TextThatASpreadsheetWouldRun_GetsAnApostrophe(string text, string expected) => Assert.Equal(expected + "\r\n", CsvText.Line([text]));

    [Theory]
    [InlineData("", "")]
    [InlineData("plain", "plain")]
    [InlineData("a-b=c", "a-b=c")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("end ", "\"end \"")]
    public void Line_OtherText_IsQuotedWhereItMustBe(string text, string expected) => Assert.Equal(expected + "\r\n", CsvText.Line([text]));

    [Fact]
    public void Line_NumbersAndInstants_StandAsTheyAre() =>
        Assert.Equal("-5,1234567,2026-03-10T12:00:00Z,\r\n", CsvText.Line([-5L, 1234567, new DateTime(2026, 3, 10, 12, 0, 0, DateTimeKind.Utc), null]));
}
