using System.IO.Compression;
using System.Text;
using CsCheck;
using RulePortal.Data.Intake.Reading;
using RulePortal.Tests.Fuzz;

namespace RulePortal.Data.Tests.Connections;

/// <summary>Whatever bytes are sent as connections: rows, rows that say what is wrong with them, or one clear refusal.</summary>
[Trait("Speed", "Slow")]
public sealed class ContentFuzzTests
{
    private const string Row = """{"TimeGenerated":"2026-01-30T23:00:00Z","Computer":"vm-01","Direction":"outbound","ProcessName":"nc","SourceIp":"10.0.0.4","DestinationIp":"203.0.113.10","DestinationPort":443,"Protocol":"tcp","RemoteCountry":"Curaçao","BytesSent":10,"Confidence":"99","Extra":{"a":[1,2.5,null]}}""";
    private const string Csv = "TimeGenerated [UTC],Computer,Direction,ProcessName,RemoteCountry,BytesSent\r\n\"1/30/2026, 11:00:00.000 PM\",vm-01,outbound,\"a \"\"b\"\" c\",Curaçao,10\r\n2026-01-30T22:00:00Z,vm-02,inbound,nc,,\r\n";

    [Fact]
    public async Task Content_Mutated_IsReadOrRefusedClearly() =>
        await Gen.Select(Mutated.Of(Seeds()), Gen.OneOf<ContentFormat?>(null, ContentFormat.Ndjson, ContentFormat.JsonArray, ContentFormat.Csv)).SampleAsync(
            async (content, format) =>
            {
                try
                {
                    var parsed = await Parsed.OfAsync(content, format, maxBytes: 1 << 20);

                    Assert.All(parsed.BadRows, row =>
                    {
                        Assert.True(row.Row > 0);
                        Assert.All(row.Faults, fault => Assert.True(fault.Reason.Length is > 0 and < 500 && fault.Remedy.Length is > 0 and < 500 && fault.Column.Length < 500));
                        Assert.NotEmpty(row.Faults);
                    });
                    Assert.True(parsed.BadRows.Count <= parsed.BadRowCount);
                    Assert.All(parsed.Rows, row => Assert.DoesNotContain('\uFFFD', row));
                }
                catch (ContentException refusal)
                {
                    Assert.True(refusal.Row >= 0 && refusal.Message.Length is > 0 and < 500 && refusal.Remedy.Length > 0);
                }
            },
            iter: int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 5_000);

    private static byte[][] Seeds()
    {
        byte[][] plain = [.. new[] { $"{Row}\n{Row}\n", $"[{Row},\n{Row}]", Csv }.Select(Encoding.UTF8.GetBytes)];
        return [.. plain, .. plain.Select(Packed)];
    }

    private static byte[] Packed(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(content);
        }

        return packed.ToArray();
    }
}
