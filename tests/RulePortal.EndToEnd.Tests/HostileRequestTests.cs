using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using RulePortal.EndToEnd.Tests.Hosting;

namespace RulePortal.EndToEnd.Tests;

/// <summary>What somebody with a key, or without one, may send to hurt: each gets a clear error from the real server, and nothing of it is stored.</summary>
public sealed class HostileRequestTests : IAsyncLifetime
{
    private const string Row = """{"TimeGenerated":"2026-01-30T23:00:00Z","Computer":"vm-01"}""";
    private const int Mebibyte = 1024 * 1024;

    private readonly string directory = Directory.CreateTempSubdirectory("ruleportal-hostile-").FullName;
    private PortalProcess portal = null!;
    private HttpClient client = null!;

    public async ValueTask InitializeAsync()
    {
        portal = await PortalProcess.ServeAsync(directory);
        var (exit, output) = await PortalProcess.RunAsync(directory, "apikey", "create", "--name", "hostile", "--role", "Contributor");
        Assert.True(exit == 0, output);
        client = new HttpClient { BaseAddress = portal.Address, Timeout = TimeSpan.FromMinutes(3) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", output.Split('\n', StringSplitOptions.RemoveEmptyEntries)[^1]);
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await portal.DisposeAsync();
        Directory.Delete(directory, recursive: true);
    }

    [Fact]
    public async Task Content_MadeToHurt_IsRefusedClearlyAndNothingIsStored()
    {
        (string Name, string Type, byte[] Content, bool Gzip, int Status, string Says)[] tries =
        [
            ("a gzip bomb of one row", "application/x-ndjson", Packed(600 * Mebibyte, "a"), true, 413, "Too large"),
            ("a gzip bomb of many rows", "application/x-ndjson", Packed(600 * Mebibyte, Row + "\n"), true, 413, "Too large"),
            ("gzip that is none", "application/x-ndjson", Utf8(Row), true, 400, "gzip"),
            ("gzip that was cut off", "application/x-ndjson", Packed(Mebibyte, Row + "\n")[..100], true, 400, "gzip"),
            ("JSON a hundred thousand deep", "application/x-ndjson", Utf8("{\"TimeGenerated\":\"2026-01-30T23:00:00Z\",\"x\":" + new string('[', 100_000) + new string(']', 100_000) + "}"), false, 422, "malformed"),
            ("an array a hundred thousand deep", "application/json", Utf8(new string('[', 100_000)), false, 400, "row 0"),
            ("a number of a thousand digits", "application/x-ndjson", Utf8("{\"TimeGenerated\":\"2026-01-30T23:00:00Z\",\"BytesSent\":" + new string('9', 1_000) + "}"), false, 422, "BytesSent is out of range"),
            ("bytes that are not UTF-8", "application/x-ndjson", [.. Utf8("{\"TimeGenerated\":\"2026-01-30T23:00:00Z\",\"Computer\":\""), 0xC3, 0x28, .. Utf8("\"}")], false, 422, "UTF-8"),
            ("a NUL in a name", "application/x-ndjson", Utf8("{\"TimeGenerated\":\"2026-01-30T23:00:00Z\",\"Computer\":\"a\\u0000b\"}"), false, 422, "Computer holds a NUL character"),
            ("CSV of ten thousand columns", "text/csv", Utf8(string.Join(',', Enumerable.Range(0, 10_000).Select(n => $"c{n}")) + "\n" + new string(',', 9_999)), false, 400, "columns"),
            ("a format that is not taken", "application/xml", Utf8("<a/>"), false, 415, "Content type not taken"),
        ];
        var wrong = new List<string>();
        foreach (var (name, type, content, gzip, status, says) in tries)
        {
            using var body = new ByteArrayContent(content) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
            if (gzip)
            {
                body.Headers.ContentEncoding.Add("gzip");
            }

            using var answer = await client.PostAsync(new Uri("/api/v1/connections", UriKind.Relative), body);
            var text = await answer.Content.ReadAsStringAsync();
            if ((int)answer.StatusCode != status || !text.Contains(says, StringComparison.OrdinalIgnoreCase) || answer.Content.Headers.ContentType?.MediaType != "application/problem+json" || text.Contains("   at ", StringComparison.Ordinal))
            {
                wrong.Add($"{name}: {(int)answer.StatusCode} {text}");
            }
        }

        Assert.Empty(wrong);
        var batches = await client.GetFromJsonAsync<JsonElement>(new Uri("/api/v1/connections/batches", UriKind.Relative));
        Assert.Equal(0, batches.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Body_OverTheLimit_IsRefusedBeforeItIsRead()
    {
        using var body = new ByteArrayContent(new byte[2 * Mebibyte]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

        using var answer = await client.PostAsync(new Uri("/api/v1/alerts/1/comment", UriKind.Relative), body);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
    }

    [Fact]
    public async Task NamesFromTelemetry_WithLineBreaksAndMarkup_ForgeNoLogLineAndNoMarkup()
    {
        const string Name = "nc\\r\\ninfo: Forged[0]\\r\\n      Everything is fine <script>alert(1)</script>";
        var content = $$"""{"TimeGenerated":"{{TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-5):O}}","Computer":"{{Name}}","Direction":"outbound","ProcessName":"{{Name}}"}""";
        using var body = new StringContent(content, Encoding.UTF8, "application/x-ndjson");
        using var answer = await client.PostAsync(new Uri("/api/v1/connections", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        using var broken = new StringContent("{\"TimeGenerated\":\"x\\r\\ninfo: Forged[0]\"}", Encoding.UTF8, "application/x-ndjson");
        using var refused = await client.PostAsync(new Uri("/api/v1/connections", UriKind.Relative), broken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);

        Assert.DoesNotContain("info: Forged", portal.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", portal.Output, StringComparison.Ordinal);
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Packed(int length, string repeated)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            var piece = Utf8(string.Concat(Enumerable.Repeat(repeated, 1 + (Mebibyte / repeated.Length))));
            for (var written = 0; written < length; written += piece.Length)
            {
                gzip.Write(piece);
            }
        }

        return packed.ToArray();
    }
}
