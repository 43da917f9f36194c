using System.IO.Compression;
using System.Text;
using RulePortal.Data.Intake.Reading;

namespace RulePortal.Data.Tests.Connections;

public sealed class ContentTests
{
    private const string Row = "{\"TimeGenerated\":\"2026-01-30T23:55:00Z\"}\n";

    [Fact]
    public async Task Gzip_ByItsFirstBytes_IsUnpacked() => Assert.Equal(2, (await Parsed.OfAsync(Gzip(Row + Row))).Rows.Count);

    [Fact]
    public async Task Gzip_SeveralMembers_AreAllRead() => Assert.Equal(2, (await Parsed.OfAsync([.. Gzip(Row), .. Gzip(Row)])).Rows.Count);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(2_000)]
    public async Task Gzip_CutOff_IsRefused(int missing)
    {
        var packed = Gzip(string.Concat(Enumerable.Range(0, 20_000).Select(i => Row.Replace("}", $",\"x\":{i * 7919 % 65_521}}}", StringComparison.Ordinal))));

        var error = await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync(packed[..^missing]));

        Assert.Contains("damaged or cut off", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Gzip_Damaged_IsRefused()
    {
        var packed = Gzip(Row);
        packed[^6] ^= 1;

        await Assert.ThrowsAsync<ContentException>(() => Parsed.OfAsync(packed));
    }

    [Fact]
    public async Task Gzip_Bomb_IsTooLarge()
    {
        var bomb = Gzip(new string(' ', 50_000_000));

        Assert.True(bomb.Length < 1_000_000);
        await Assert.ThrowsAsync<ContentTooLargeException>(() => Parsed.OfAsync(bomb, maxBytes: 10_000_000));
    }

    [Fact]
    public async Task Content_AtTheLimitOfBytes_IsTaken()
    {
        var content = Encoding.UTF8.GetBytes(Row);

        Assert.Single((await Parsed.OfAsync(content, maxBytes: content.Length)).Rows);
        await Assert.ThrowsAsync<ContentTooLargeException>(() => Parsed.OfAsync(content, maxBytes: content.Length - 1));
    }

    [Theory]
    [InlineData("2026-01-30T23:00:00Z", "2026-01-30T23:00:00.0000000Z")]
    [InlineData("2026-01-30T23:00:00.1234567Z", "2026-01-30T23:00:00.1234567Z")]
    [InlineData("2026-01-30T23:00", "2026-01-30T23:00:00.0000000Z")]
    [InlineData("2026-01-30 23:00:00", "2026-01-30T23:00:00.0000000Z")]
    [InlineData("2026-01-30T23:00:00-02:30", null)]
    [InlineData("2026-01-30T23:00:00+02:30", "2026-01-30T20:30:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("0001-01-01T00:00:00+01:00", null)]
    [InlineData("2026-01-30T23:00:00.12345678Z", null)]
    [InlineData("2026-01-30T23:00:00.Z", null)]
    [InlineData("2026-01-30T24:00:00Z", null)]
    [InlineData("2026-01-30T23:60:00Z", null)]
    [InlineData("2026-01-30T23:00:60Z", null)]
    [InlineData("2026-02-29T23:00:00Z", null)]
    [InlineData("2026-01-30", null)]
    [InlineData("2026-1-3T23:00:00Z", null)]
    [InlineData("2026-01-30T23:00:00z", null)]
    [InlineData(" 2026-01-30T23:00:00Z", null)]
    [InlineData("2026-01-30T23:00:00+0100", null)]
    public async Task Time_Iso_IsReadToTheTick(string text, string? expected) =>
        Assert.Equal(expected is null ? [] : [expected], (await Parsed.OfAsync($"{{\"TimeGenerated\":\"{text}\"}}")).Rows);

    [Theory]
    [InlineData("10.0.0.4", "10.0.0.4")]
    [InlineData("255.255.255.255", "255.255.255.255")]
    [InlineData("2001:0DB8:0:0:0:0:0:1", "2001:db8::1")]
    [InlineData("::", "::")]
    [InlineData("::FFFF:1.2.3.4", "1.2.3.4")]
    [InlineData("::ffff:0102:0304", "1.2.3.4")]
    [InlineData("fe80::1%eth0", null)]
    [InlineData("[::1]", null)]
    [InlineData("::1/128", null)]
    [InlineData("10.0.0.4:80", null)]
    [InlineData("256.0.0.1", null)]
    [InlineData("010.0.0.1", null)]
    [InlineData("0x7f.0.0.1", null)]
    [InlineData("1", null)]
    [InlineData("10.1", null)]
    [InlineData("1.2.3.4.5", null)]
    [InlineData("1..2.3", null)]
    [InlineData(" 10.0.0.4", null)]
    [InlineData("10.0.0.4 ", null)]
    [InlineData("::ffff:1.2.3", null)]
    [InlineData("1:2:3:4:5:6:7:8:9", null)]
    [InlineData("１0.0.0.4", null)]
    public async Task Address_AnySpelling_IsCanonicalOrRefused(string text, string? expected)
    {
        var parsed = await Parsed.OfAsync($"{{\"TimeGenerated\":\"2026-01-30T23:00:00Z\",\"SourceIp\":\"{text}\"}}");

        Assert.Equal(expected is null ? [] : [$"2026-01-30T23:00:00.0000000Z SourceIp={expected}"], parsed.Rows);
    }

    private static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(content));
        }

        return packed.ToArray();
    }
}
