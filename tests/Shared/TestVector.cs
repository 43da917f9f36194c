using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using RulePortal.Detection.Connections;

namespace RulePortal.TestSupport;

/// <summary>
/// One folder of <c>tests/Vectors</c>, or one settings variant of it: connections, an instant, settings, and the rows that must come out.
/// </summary>
internal sealed class TestVector
{
    private static readonly string Root = Path.Combine(AppContext.BaseDirectory, "Vectors");
    private readonly string folder;
    private readonly string expectedPath;
    private readonly string candidatesPath;

    private TestVector(string name)
    {
        Name = name;
        folder = Path.Combine(Root, name.Split('/')[0]);
        var variant = name.Contains('/', StringComparison.Ordinal) ? Path.Combine(folder, "settings", name.Split('/')[1]) : null;
        var kusto = Path.Combine(folder, "expected_kusto.ndjson");
        expectedPath = variant is not null ? $"{variant}.expected.ndjson"
            : File.Exists(kusto) ? kusto
            : Path.Combine(folder, "expected.ndjson");
        candidatesPath = variant is not null ? $"{variant}.candidates.ndjson" : Path.Combine(folder, "candidates.ndjson");
        SettingsJson = variant is not null ? File.ReadAllText($"{variant}.settings.json") : "{}";
        NowUtc = DateTime.Parse(
            File.ReadAllText(Path.Combine(folder, "now.txt")), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
    }

    /// <summary>Every vector by name, such as <c>01_boundary_1h</c> or <c>random_20k/f_country0</c>.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. Directory.EnumerateDirectories(Root).SelectMany(folder => Directory.Exists(Path.Combine(folder, "settings"))
            ? Directory.EnumerateFiles(Path.Combine(folder, "settings"), "*.settings.json")
                .Select(
                    file => $"{Path.GetFileName(folder)}/{Path.GetFileName(file).Replace(".settings.json", "", StringComparison.Ordinal)}")
                .Prepend(Path.GetFileName(folder))
            : [Path.GetFileName(folder)]).Order(StringComparer.Ordinal),
    ];

    public static TheoryData<string> TheoryData => [.. Names];

    public string Name { get; }

    public DateTime NowUtc { get; }

    public string SettingsJson { get; }

    public static TestVector Load(string name) => new(name);

    /// <summary>The connections as NDJSON, unpacked.</summary>
    public Stream OpenConnections()
    {
        var plain = Path.Combine(folder, "connections.ndjson");
        return File.Exists(plain) ? File.OpenRead(plain) : new GZipStream(File.OpenRead($"{plain}.gz"), CompressionMode.Decompress);
    }

    /// <summary>The connections that ingestion would accept: those with a time.</summary>
    public IReadOnlyList<VmConnection> ReadConnections()
    {
        using var reader = new StreamReader(OpenConnections());
        return [.. Lines(reader).Where(row => row.GetProperty("TimeGenerated").ValueKind == JsonValueKind.String).Select(Connection)];
    }

    /// <summary>Another file of result rows, of another query over the same connections: the columns of each row in their order.</summary>
    public IReadOnlyList<IReadOnlyList<KeyValuePair<string, string>>> ReadExpected(string file) =>
        Read(Path.Combine(folder, file), ResultRow.TextsOfEngine);

    /// <summary>What is wrong with a result; empty when it is one of those allowed.</summary>
    public IReadOnlyList<string> Differences(IEnumerable<ResultRow> result)
    {
        var actual = result.ToList();
        var expected = Read(expectedPath, ResultRow.OfEngine);
        var candidates = Read(candidatesPath, ResultRow.LeftOf).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. Surplus(expected, actual).Select(row => $"missing: {row}"),
            .. Surplus(actual, expected).Select(row => $"too many: {row}"),
            .. actual.Where(row => !candidates.Contains(row.Left)).Select(row => $"left side is no candidate: {row.Left}"),
            .. actual.GroupBy(row => row.Country, StringComparer.Ordinal)
                .Where(country => country.DistinctBy(row => row.Left).Count() > 1).Select(country => $"several left sides: {country.Key}"),
        ];
    }

    private static IEnumerable<string> Surplus(List<ResultRow> of, List<ResultRow> over)
    {
        var left = over.CountBy(row => row.Right).ToDictionary(StringComparer.Ordinal);
        return of.CountBy(row => row.Right).Where(row => row.Value > left.GetValueOrDefault(row.Key)).Select(row => row.Key);
    }

    private static List<T> Read<T>(string path, Func<JsonElement, T> read)
    {
        using var reader = new StreamReader(path);
        return [.. Lines(reader).Select(read)];
    }

    private static IEnumerable<JsonElement> Lines(StreamReader reader)
    {
        while (reader.ReadLine() is { } line)
        {
            if (line.Length > 0)
            {
                yield return JsonElement.Parse(line);
            }
        }
    }

    private static VmConnection Connection(JsonElement row) => new()
    {
        TimeGenerated = DateTime.Parse(Text(row, "TimeGenerated"), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal),
        Computer = Text(row, "Computer"),
        Direction = Text(row, "Direction"),
        ProcessName = Text(row, "ProcessName"),
        SourceIp = Text(row, "SourceIp"),
        DestinationIp = Text(row, "DestinationIp"),
        DestinationPort = (int?)Number(row, "DestinationPort"),
        Protocol = Text(row, "Protocol"),
        RemoteIp = Text(row, "RemoteIp"),
        RemoteCountry = Text(row, "RemoteCountry"),
        MaliciousIp = Text(row, "MaliciousIp"),
        BytesSent = Number(row, "BytesSent"),
        BytesReceived = Number(row, "BytesReceived"),
    };

    private static string Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() ?? "" : "";

    private static long? Number(JsonElement row, string name) =>
        row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number ? value.GetInt64() : null;
}
