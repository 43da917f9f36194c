using System.Globalization;
using System.Text;
using RulePortal.Data.Intake.Reading;

namespace RulePortal.Data.Tests.Connections;

public sealed class JsonParsingTests
{
    private const string Time = "\"TimeGenerated\":\"2026-01-30T23:55:00Z\"";

    [Fact]
    public async Task Ndjson_WholeRow_FillsItsPlaces()
    {
        var parsed = await Parsed.OfAsync(
            "{" + Time + ",\"Computer\":\"vm-01\",\"Direction\":\"outbound\",\"ProcessName\":\"C:\\\\a \\\"b\\\".exe\",\"SourceIp\":\"10.0.0.4\",\"DestinationIp\":\"2001:DB8:0::1\","
            + "\"DestinationPort\":443,\"Protocol\":\"tcp\",\"RemoteIp\":\"\",\"RemoteCountry\":\"T\\u00fcrkiye\",\"MaliciousIp\":null,\"BytesSent\":-1,\"BytesReceived\":\"7\",\"LinksEstablished\":\"\"}");

        Assert.Equal(
            ["2026-01-30T23:55:00.0000000Z Computer=vm-01 Direction=outbound ProcessName=C:\\a \"b\".exe SourceIp=10.0.0.4 DestinationIp=2001:db8::1 Protocol=tcp RemoteCountry=Türkiye DestinationPort=443 BytesSent=-1 BytesReceived=7"],
            parsed.Rows);
        Assert.Equal(ContentFormat.Ndjson, parsed.Format);
    }

    [Fact]
    public async Task Ndjson_OtherColumns_GoIntoDetailsAsTheyAre()
    {
        var parsed = await Parsed.OfAsync(
            "{\"Machine\":\"m-1\",\"Responses\":\"5\",\"Unknown\":{\"a\":[1,2,{\"b\":\"\\u00e9\"}]},\"RemoteLatitude\":37.5,\"computer\":\"x\",\"Gone\":null,\"Blank\":\"\",\"IsActive\":true," + Time + ",\"Zä\\u0022\":\"ß\\n\"}");

        Assert.EndsWith(
            " {\"Machine\":\"m-1\",\"Responses\":5,\"Unknown\":{\"a\":[1,2,{\"b\":\"\\u00e9\"}]},\"RemoteLatitude\":37.5,\"computer\":\"x\",\"IsActive\":true,\"Zä\\\"\":\"ß\\n\"}",
            Assert.Single(parsed.Rows),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\n\n{0}\r\n   \n{0}")]
    [InlineData("{0}\n{0}\n")]
    [InlineData("\uFEFF{0}\n{0}")]
    [InlineData(" [ {0} , {0} ] \n")]
    [InlineData("[\n{0},\n{0}\n]")]
    [InlineData("\uFEFF[{0},{0}]")]
    public async Task Json_BlanksAndMarks_AreNoRows(string shape)
    {
        var parsed = await Parsed.OfAsync(shape.Replace("{0}", "{" + Time + "}", StringComparison.Ordinal));

        Assert.Equal(2, parsed.Rows.Count);
        Assert.Empty(parsed.BadRows);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("[]")]
    [InlineData(" [ ] ")]
    public async Task Json_Nothing_HasNoRows(string content) => Assert.Empty((await Parsed.OfAsync(content)).Rows);

    [Fact]
    public async Task Ndjson_BadRow_IsNamedByItsLine()
    {
        var parsed = await Parsed.OfAsync("{" + Time + "}\n\n{}\n{" + Time + "}");

        Assert.Equal(3, Assert.Single(parsed.BadRows).Row);
        Assert.Equal(2, parsed.Rows.Count);
    }

    [Theory]
    [InlineData("{}", "TimeGenerated", "is missing")]
    [InlineData("{\"TimeGenerated\":null}", "TimeGenerated", "is missing")]
    [InlineData("{\"TimeGenerated\":\"\"}", "TimeGenerated", "is missing")]
    [InlineData("{\"TimeGenerated\":1769817300}", "TimeGenerated", "is not a date: \"1769817300\"")]
    [InlineData("{\"TimeGenerated\":\"yesterday\"}", "TimeGenerated", "is not a date: \"yesterday\"")]
    [InlineData("{\"TimeGenerated\":\"1/30/2026, 11:00:00.000 PM\"}", "TimeGenerated", "is not a date: \"1/30/2026, 11:00:00.000 PM\"")]
    [InlineData("{\"TimeGenerated\":[]}", "TimeGenerated", "is an object or an array")]
    [InlineData("{T,\"Computer\":5}", "Computer", "is not text")]
    [InlineData("{T,\"Computer\":{}}", "Computer", "is an object or an array")]
    [InlineData("{T,\"Computer\":\"a\",\"Computer\":\"b\"}", "Computer", "is given twice")]
    [InlineData("{T,\"x\":1,\"y\":2,\"x\":3}", "x", "is given twice")]
    [InlineData("{T,\"x\":1,\"\\u0078\":3}", "x", "is given twice")]
    [InlineData("{T,\"Computer\":\"a\\u0000\"}", "Computer", "holds a NUL character")]
    [InlineData("{T,\"Computer\":\"a\\ud800\"}", "Computer", "holds half a surrogate pair")]
    [InlineData("{T,\"x\":{\"y\":\"\\udfff\"}}", "x", "holds half a surrogate pair")]
    [InlineData("{T,\"SourceIp\":\"10.0.0\"}", "SourceIp", "is not an address: \"10.0.0\"")]
    [InlineData("{T,\"MaliciousIp\":\"evil\"}", "MaliciousIp", "is not an address: \"evil\"")]
    [InlineData("{T,\"DestinationPort\":65536}", "DestinationPort", "is out of range: \"65536\"")]
    [InlineData("{T,\"DestinationPort\":-1}", "DestinationPort", "is out of range: \"-1\"")]
    [InlineData("{T,\"DestinationPort\":\"https\"}", "DestinationPort", "is not a whole number: \"https\"")]
    [InlineData("{T,\"BytesSent\":1.5}", "BytesSent", "is not a whole number: \"1.5\"")]
    [InlineData("{T,\"BytesSent\":1e3}", "BytesSent", "is not a whole number: \"1e3\"")]
    [InlineData("{T,\"BytesSent\":true}", "BytesSent", "is not a whole number: \"true\"")]
    [InlineData("{T,\"BytesSent\":9223372036854775808}", "BytesSent", "is out of range: \"9223372036854775808\"")]
    [InlineData("{T,\"ResponseTimeMax\":\"x\"}", "ResponseTimeMax", "is not a whole number: \"x\"")]
    [InlineData("{T,\"RemoteLatitude\":\"NaN\"}", "RemoteLatitude", "is not a number: \"NaN\"")]
    [InlineData("{T,\"RemoteLatitude\":\"1,5\"}", "RemoteLatitude", "is not a number: \"1,5\"")]
    [InlineData("5", "", "is not a JSON object")]
    [InlineData("\"text\"", "", "is not a JSON object")]
    public async Task Ndjson_BadRow_NamesColumnAndReason(string row, string column, string reason)
    {
        var fault = (await Parsed.OfAsync(row.Replace("T,", Time + ",", StringComparison.Ordinal), ContentFormat.Ndjson)).Fault;

        Assert.Equal((column, reason), (fault.Column, fault.Reason));
        Assert.NotEmpty(fault.Remedy);
    }

    [Theory]
    [InlineData("{\"a\":")]
    [InlineData("{} {}")]
    [InlineData("{\"a\":1,}")]
    [InlineData("{'a':1}")]
    [InlineData("{\"a\":01}")]
    [InlineData("nonsense")]
    [InlineData("{\"a\":\"\t\"}")]
    public async Task Ndjson_MalformedRow_SpoilsOnlyItself(string row)
    {
        var parsed = await Parsed.OfAsync("{" + Time + "}\n" + row + "\n{" + Time + "}");

        Assert.Equal(2, parsed.Rows.Count);
        Assert.StartsWith("is malformed at byte ", parsed.Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ndjson_NameWithHalfASurrogateWhereAColumnStoodBefore_SpoilsOnlyItsRow()
    {
        var parsed = await Parsed.OfAsync("""
            {"TimeGenerated":"2026-01-30T23:00:00Z","Computer":"a"}
            {"TimeGenerated":"2026-01-30T23:00:00Z","Compu\ud800ter":"b"}
            {"TimeGenerated":"2026-01-30T23:00:00Z","Comp\u0075ter":"c"}
            """);

        Assert.Equal(["2026-01-30T23:00:00.0000000Z Computer=a", "2026-01-30T23:00:00.0000000Z Computer=c"], parsed.Rows);
        Assert.Equal("holds half a surrogate pair", parsed.Fault.Reason);
    }

    [Fact]
    public async Task Ndjson_SeveralFaults_AreAllNamed()
    {
        var row = Assert.Single((await Parsed.OfAsync("{\"SourceIp\":\"x\",\"BytesSent\":\"y\"}")).BadRows);

        Assert.Equal(["SourceIp", "BytesSent", "TimeGenerated"], row.Faults.Select(fault => fault.Column));
    }

    [Fact]
    public async Task Ndjson_AHourAhead_IsTheLimit()
    {
        Assert.Empty((await Parsed.OfAsync("{\"TimeGenerated\":\"2026-01-31T01:00:00Z\"}")).BadRows);
        Assert.Contains("more than an hour ahead", (await Parsed.OfAsync("{\"TimeGenerated\":\"2026-01-31T01:00:00.0000001Z\"}")).Fault.Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ProcessName", 400)]
    [InlineData("Computer", 255)]
    [InlineData("RemoteCountry", 100)]
    [InlineData("Machine", 400)]
    [InlineData("Description", 8_000)]
    public async Task Ndjson_TextAtItsLength_FitsAndOneMoreDoesNot(string column, int length)
    {
        string Row(int count) => "{" + Time + ",\"" + column + "\":\"" + string.Concat(Enumerable.Repeat("é", count)) + "\"}";

        Assert.Single((await Parsed.OfAsync(Row(length))).Rows);
        var fault = (await Parsed.OfAsync(Row(length + 1))).Fault;
        Assert.Equal((column, string.Create(CultureInfo.InvariantCulture, $"has {length + 1:N0} characters; at most {length:N0} are stored")), (fault.Column, fault.Reason));
    }

    [Fact]
    public async Task Ndjson_DetailsTooLong_AreRefused()
    {
        string Row(int count) => "{" + Time + ",\"a\":\"" + new string('x', count) + "\"}";

        Assert.Single((await Parsed.OfAsync(Row(16_000 - 8))).Rows);
        Assert.Equal("Details", (await Parsed.OfAsync(Row(16_000 - 7))).Fault.Column);
    }

    [Fact]
    public async Task Ndjson_LineLongerThanAMebibyte_SpoilsOnlyItself()
    {
        var tooLong = "{\"a\":\"" + new string('x', 3 << 20) + "\"}";

        var parsed = await Parsed.OfAsync("{" + Time + "}\n" + tooLong + "\n{" + Time + "}\n" + tooLong);

        Assert.Equal(2, parsed.Rows.Count);
        Assert.Equal([2L, 4L], parsed.BadRows.Select(row => row.Row));
        Assert.All(parsed.BadRows, row => Assert.Equal("is longer than 1,048,576 bytes", Assert.Single(row.Faults).Reason));
    }

    [Fact]
    public async Task Ndjson_InvalidUtf8_SpoilsOnlyItsRow()
    {
        byte[] content = [.. Encoding.UTF8.GetBytes("{" + Time + ",\"Computer\":\""), 0xC3, 0x28, .. Encoding.UTF8.GetBytes("\"}\n{" + Time + "}")];

        var parsed = await Parsed.OfAsync(content);

        Assert.Single(parsed.Rows);
        Assert.Equal("is not UTF-8", parsed.Fault.Reason);
    }

    [Fact]
    public async Task Ndjson_DepthBomb_IsMalformed()
    {
        var bomb = "{\"a\":" + new string('[', 100_000) + new string(']', 100_000) + "}";

        Assert.StartsWith("is malformed", (await Parsed.OfAsync(bomb)).Fault.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ndjson_TooManyColumns_AreRefused()
    {
        string Row(int columns) => "{" + Time + string.Concat(Enumerable.Range(0, columns - 1).Select(i => $",\"c{i}\":{i}")) + "}";

        Assert.Single((await Parsed.OfAsync(Row(500))).Rows);
        Assert.Equal("has more than 500 columns", (await Parsed.OfAsync(Row(501))).Fault.Reason);
    }

    [Fact]
    public async Task JsonArray_ElementThatIsNoObject_SpoilsOnlyItself()
    {
        var parsed = await Parsed.OfAsync("[{" + Time + "}, 5, null, [1], {" + Time + "}]");

        Assert.Equal(2, parsed.Rows.Count);
        Assert.Equal([2L, 3L, 4L], parsed.BadRows.Select(row => row.Row));
    }

    [Theory]
    [InlineData("[{T}", "The content ends where a comma or the array's end was expected.")]
    [InlineData("[{T},", "malformed after row 1")]
    [InlineData("[{T},{\"a\":", "malformed after row 1")]
    [InlineData("[{T} {T}]", "Expected a comma or the array's end.")]
    [InlineData("[{T},]", "malformed after row 1")]
    [InlineData("[{T}] {T}", "There is more after the array's end.")]
    [InlineData("[{T},{\"a\":tru]", "malformed after row 1")]
    [InlineData("{T}", "Expected a JSON array.")]
    [InlineData("", "The content ends where a JSON array was expected.")]
    public async Task JsonArray_MalformedArray_EndsTheReading(string content, string reason)
    {
        var error = await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync(content.Replace("T}", Time + "}", StringComparison.Ordinal), ContentFormat.JsonArray));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Contains("near byte", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task JsonArray_ManyRows_AreCutWhereverTheBufferEnds()
    {
        var rows = string.Join(',', Enumerable.Range(0, 20_000).Select(i => "{" + Time + $",\"BytesSent\":{i},\"ProcessName\":\"{new string('p', i % 300)}\"}}"));

        var parsed = await Parsed.OfAsync($"[{rows}]");

        Assert.Equal(Enumerable.Range(0, 20_000).Select(i => $"BytesSent={i}"), parsed.Rows.Select(row => row[row.IndexOf("BytesSent=", StringComparison.Ordinal)..]));
    }

    [Fact]
    public async Task JsonArray_ElementLongerThanAMebibyte_IsTooLarge() =>
        await Assert.ThrowsAsync<ContentTooLargeException>(() => Parsed.OfAsync("[{\"a\":\"" + new string('x', 3 << 20) + "\"}]"));
}
