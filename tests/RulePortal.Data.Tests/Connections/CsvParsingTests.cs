using System.Text;
using RulePortal.Data.Intake.Reading;

namespace RulePortal.Data.Tests.Connections;

public sealed class CsvParsingTests
{
    [Fact]
    public async Task Csv_AsLogAnalyticsExports_IsRead()
    {
        var parsed = await Parsed.OfAsync(
            "\uFEFF\"TimeGenerated [UTC]\",Computer,ProcessName,SourceIp,DestinationPort,BytesSent,RemoteCountry,Machine\r\n"
            + "\"1/30/2026, 11:00:00.000 PM\",vm-01,\"a, \"\"b\"\"\r\nc\",10.0.0.4,443,100,Türkiye,m-1\r\n"
            + "\"1/30/2026, 12:00:00.5 AM\",vm-01,,,,,,\r\n");

        Assert.Equal(
            [
                "2026-01-30T23:00:00.0000000Z Computer=vm-01 ProcessName=a, \"b\"\r\nc SourceIp=10.0.0.4 RemoteCountry=Türkiye DestinationPort=443 BytesSent=100 {\"Machine\":\"m-1\"}",
                "2026-01-30T00:00:00.5000000Z Computer=vm-01",
            ],
            parsed.Rows);
        Assert.Equal(ContentFormat.Csv, parsed.Format);
    }

    [Fact]
    public async Task Csv_PlainHeader_TakesIsoDatesAlone()
    {
        var parsed = await Parsed.OfAsync("TimeGenerated,Computer\n2026-01-30T23:00:00Z,a\n\"1/30/2026, 11:00:00.000 PM\",b\n2026-01-30 23:00:00+01:00,c");

        Assert.Equal(["2026-01-30T23:00:00.0000000Z Computer=a", "2026-01-30T22:00:00.0000000Z Computer=c"], parsed.Rows);
        Assert.Equal((2L, "TimeGenerated"), (Assert.Single(parsed.BadRows).Row, parsed.Fault.Column));
    }

    [Theory]
    [InlineData("1/31/2026, 12:00:00.000 AM", "2026-01-31T00:00:00.0000000Z")]
    [InlineData("1/30/2026, 12:00:00.000 PM", "2026-01-30T12:00:00.0000000Z")]
    [InlineData("01/09/2026, 01:02:03.1234567 PM", "2026-01-09T13:02:03.1234567Z")]
    [InlineData("1/30/2026, 11:00:00\u202FPM", "2026-01-30T23:00:00.0000000Z")]
    [InlineData("2026-01-30T23:00:00Z", "2026-01-30T23:00:00.0000000Z")]
    [InlineData("13/1/2026, 11:00:00 PM", null)]
    [InlineData("1/32/2026, 11:00:00 PM", null)]
    [InlineData("2/29/2026, 11:00:00 PM", null)]
    [InlineData("1/30/2026, 13:00:00 PM", null)]
    [InlineData("1/30/2026, 0:00:00 AM", null)]
    [InlineData("1/30/2026 11:00:00 PM", null)]
    [InlineData("1/30/2026, 11:00:00", null)]
    [InlineData("1/30/2026, 11:00:00 pm", null)]
    [InlineData("1/30/26, 11:00:00 PM", null)]
    [InlineData("1/+3/2026, 11:00:00 PM", null)]
    public async Task Csv_EnglishHeader_TakesEnglishDates(string text, string? expected)
    {
        var parsed = await Parsed.OfAsync($"TimeGenerated [UTC]\n\"{text}\"");

        Assert.Equal(expected is null ? [] : [expected], parsed.Rows);
    }

    [Fact]
    public async Task Csv_UnknownColumns_GoIntoDetailsAsText()
    {
        var parsed = await Parsed.OfAsync("#odd,TimeGenerated,num\n#1,2026-01-30T23:00:00Z,5\n,2026-01-30T23:00:00Z,\"x\"\"\\y\"");

        Assert.Equal(
            ["2026-01-30T23:00:00.0000000Z {\"#odd\":\"#1\",\"num\":\"5\"}", "2026-01-30T23:00:00.0000000Z {\"num\":\"x\\\"\\\\y\"}"],
            parsed.Rows);
    }

    [Theory]
    [InlineData("a,b", "has 2 fields where the header has 3")]
    [InlineData("a,b,c,d", "has 4 fields where the header has 3")]
    public async Task Csv_OtherNumberOfFields_SpoilsOnlyTheRow(string row, string reason)
    {
        var parsed = await Parsed.OfAsync($"TimeGenerated,Computer,x\n2026-01-30T23:00:00Z,a,1\n{row}\n2026-01-30T23:00:00Z,a,2\n\n");

        Assert.Equal(2, parsed.Rows.Count);
        Assert.Equal((2L, reason), (Assert.Single(parsed.BadRows).Row, parsed.Fault.Reason));
    }

    [Theory]
    [InlineData("Computer,x", "no column TimeGenerated")]
    [InlineData("TimeGenerated,x,x", "the column x twice")]
    [InlineData("TimeGenerated,TimeGenerated [UTC]", "the column TimeGenerated twice")]
    [InlineData("TimeGenerated,,x", "a column without a name")]
    [InlineData("\"TimeGenerated", "a quote that is not closed")]
    public async Task Csv_UnusableHeader_EndsTheReading(string header, string reason)
    {
        var error = await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync(header + "\n2026-01-30T23:00:00Z,a,b", ContentFormat.Csv));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Csv_TenThousandColumns_EndTheReading()
    {
        var header = "TimeGenerated," + string.Join(',', Enumerable.Range(0, 10_000).Select(i => $"c{i}"));

        var error = await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync(header + "\n"));

        Assert.Contains("more than 500 columns", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"a\"b,1")]
    [InlineData("a\"b,1")]
    [InlineData("\"a\" ,1")]
    [InlineData("a,\"\"\"b\"c")]
    public async Task Csv_StrayQuote_SpoilsOnlyTheRow(string row)
    {
        var parsed = await Parsed.OfAsync($"x,TimeGenerated\n1,2026-01-30T23:00:00Z\n{row}\n2,2026-01-30T23:00:00Z");

        Assert.Equal(2, parsed.Rows.Count);
        Assert.Equal("has a quote where none may stand", parsed.Fault.Reason);
    }

    [Fact]
    public async Task Csv_QuoteThatIsNotClosed_EndsTheReadingAndNamesTheRow()
    {
        var error = await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync("TimeGenerated,x\n2026-01-30T23:00:00Z,1\n2026-01-30T23:00:00Z,\"2\n"));

        Assert.Equal((2, "Row 2 has a quote that is not closed."), (error.Row, error.Message));
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public async Task Csv_AnyLineEnd_EndsARecord(string end)
    {
        var parsed = await Parsed.OfAsync(string.Join(end, "TimeGenerated,x", "2026-01-30T23:00:00Z,", "", "2026-01-30T23:00:00Z,\"\"\"\"", "2026-01-30T23:00:00Z,b", ""));

        Assert.Equal(["", " {\"x\":\"\\\"\"}", " {\"x\":\"b\"}"], parsed.Rows.Select(row => row["2026-01-30T23:00:00.0000000Z".Length..]));
    }

    [Fact]
    public async Task Csv_InvalidUtf8_SpoilsOnlyItsRow()
    {
        byte[] content = [.. "TimeGenerated,Computer\n2026-01-30T23:00:00Z,"u8, 0xFF, .. "\n2026-01-30T23:00:00Z,ok\n"u8];

        var parsed = await Parsed.OfAsync(content);

        Assert.Equal(["2026-01-30T23:00:00.0000000Z Computer=ok"], parsed.Rows);
        Assert.Equal("is not UTF-8", parsed.Fault.Reason);
    }

    [Fact]
    public async Task Csv_Utf16_EndsTheReading() =>
        await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("TimeGenerated\n")]));

    [Fact]
    public async Task Csv_FieldLongerThanAMebibyte_EndsTheReading() =>
        await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync("TimeGenerated,x\n2026-01-30T23:00:00Z," + new string('x', 3 << 20)));
}
