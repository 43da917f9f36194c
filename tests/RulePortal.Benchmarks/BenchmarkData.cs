using System.IO.Compression;
using System.Text.Json;
using RulePortal.Detection.Connections;
using RulePortal.Web.Features.Demo.Generator;

namespace RulePortal.Benchmarks;

/// <summary>The records of a company of some three hundred machines over 62 days, as NDJSON, gzipped.</summary>
internal sealed class BenchmarkData(string directory, bool allColumns, int scale)
{
    /// <summary>About three million records.</summary>
    public const int UsualScale = 8;

    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static DateTime EndUtc { get; } = new(2026, 1, 31, 12, 0, 0, DateTimeKind.Utc);

    public string File { get; } = Path.Combine(directory, $"connections{(allColumns ? "-all-columns" : "")}{(scale == UsualScale ? "" : FormattableString.Invariant($"-{scale}"))}.ndjson.gz");

    public bool HasAllColumns => allColumns;

    public long Records { get; private set; }

    public long UnpackedBytes { get; private set; }

    public string Describe() => $"{Records:N0} records, {UnpackedBytes / 1e6:N0} MB of NDJSON, {new FileInfo(File).Length / 1e6:N0} MB packed";

    public void Prepare()
    {
        var facts = File + ".facts";
        if (System.IO.File.Exists(facts))
        {
            var numbers = System.IO.File.ReadAllText(facts).Split(' ');
            (Records, UnpackedBytes) = (long.Parse(numbers[0]), long.Parse(numbers[1]));
            return;
        }

        Directory.CreateDirectory(directory);
        using (var file = System.IO.File.Create(File))
        using (var packed = new GZipStream(file, CompressionLevel.Fastest))
        using (var buffered = new BufferedStream(packed, 1 << 20))
        {
            foreach (var row in Companies().SelectMany(company => company.Between(EndUtc.AddDays(-DemoConnections.Days), EndUtc)))
            {
                var line = JsonSerializer.SerializeToUtf8Bytes(Columns(row), Plain);
                buffered.Write(line);
                buffered.WriteByte((byte)'\n');
                Records++;
                UnpackedBytes += line.Length + 1;
            }
        }

        System.IO.File.WriteAllText(facts, $"{Records} {UnpackedBytes}");
    }

    // One company's addresses are used up at twenty times its usual size; after that there is another of the kind.
    private IEnumerable<DemoConnections> Companies()
    {
        const int largest = 20;
        for (var (left, seed) = (scale, DemoConnections.DefaultSeed); left > 0; left -= largest, seed++)
        {
            yield return new DemoConnections(seed, Math.Min(left, largest));
        }
    }

    private Dictionary<string, object?> Columns(VmConnection row)
    {
        var columns = new Dictionary<string, object?>
        {
            ["TimeGenerated"] = row.TimeGenerated,
            ["Computer"] = row.Computer,
            ["Direction"] = row.Direction,
            ["ProcessName"] = row.ProcessName,
            ["SourceIp"] = row.SourceIp,
            ["DestinationIp"] = row.DestinationIp,
            ["DestinationPort"] = row.DestinationPort,
            ["Protocol"] = row.Protocol,
            ["RemoteIp"] = row.RemoteIp,
            ["RemoteCountry"] = row.RemoteCountry,
            ["MaliciousIp"] = row.MaliciousIp,
            ["BytesSent"] = row.BytesSent,
            ["BytesReceived"] = row.BytesReceived,
            ["LinksEstablished"] = row.LinksEstablished,
        };
        if (allColumns)
        {
            var id = Math.Abs(HashCode(row.Computer));
            var call = Math.Abs(HashCode(row.ProcessName + row.DestinationIp));
            columns["AgentId"] = $"{id:x8}-5d1c-4b7e-9f10-{id:x12}";
            columns["Machine"] = $"m-{id:x8}{id:x8}";
            columns["Process"] = $"p-{call:x8}{id:x8}";
            columns["ConnectionId"] = $"{call:x8}{id:x8}";
            columns["LinksTerminated"] = row.LinksEstablished;
            columns["LinksFailed"] = 0;
            columns["LinksLive"] = 1;
            columns["Responses"] = call % 90;
            columns["ResponseTimeMin"] = call % 7;
            columns["ResponseTimeMax"] = call % 700;
            columns["ResponseTimeSum"] = call % 9_000;
            columns["RemoteLatitude"] = call % 90 * 0.917;
            columns["RemoteLongitude"] = call % 180 * 0.913;
            columns["RemoteClassification"] = "";
            columns["SourceSystem"] = "Insights";
            columns["Type"] = "VMConnection";
            columns["_ResourceId"] = $"/subscriptions/{id:x8}-0000-4000-8000-000000000000/resourcegroups/servers/providers/microsoft.compute/virtualmachines/{row.Computer}";
        }

        if (row.Details is { } details)
        {
            using var parsed = JsonDocument.Parse(details);
            foreach (var property in parsed.RootElement.EnumerateObject())
            {
                columns[property.Name] = property.Value.GetString();
            }
        }

        return columns;
    }

    // The same in every process, unlike string.GetHashCode.
    private static int HashCode(string text) => text.Aggregate(17, (hash, letter) => unchecked((hash * 31) + letter));
}
