using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Ledger;
using RulePortal.Data.Security;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Administration;

/// <summary>The trail over HTTP: list and files, for Administrators in a browser.</summary>
public sealed class AuditApiTests : IAsyncLifetime
{
    private readonly PortalFactory factory = new();
    private HttpClient administrator = null!;

    public async ValueTask InitializeAsync() => administrator = await factory.SignInAsAsync("Administrator");

    public ValueTask DisposeAsync()
    {
        administrator.Dispose();
        factory.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task List_Filtered_WalksByNextUnderTheSameFilter()
    {
        await WriteAsync(7);

        var subjects = new List<string?>();
        var address = "/api/v1/audit?action=rule.run&limit=3";
        while (address is not null)
        {
            using var page = JsonDocument.Parse(await administrator.GetStringAsync(address));
            Assert.Equal(7, page.RootElement.GetProperty("total").GetInt32());
            subjects.AddRange(page.RootElement.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("subject").GetString()));
            address = page.RootElement.GetProperty("next").GetString();
        }

        Assert.Equal(["rule:6", "rule:5", "rule:4", "rule:3", "rule:2", "rule:1", "rule:0"], subjects);
    }

    [Fact]
    public async Task List_Item_HasEverythingAndItsChanges()
    {
        await factory.CreateKeyAsync(ApiKeyRole.Ingest);
        using var page = JsonDocument.Parse(await administrator.GetStringAsync("/api/v1/audit?action=apikey.create"));

        var item = page.RootElement.GetProperty("items")[0];
        Assert.Equal(("Succeeded", "system", "scheduler", 1), (item.GetProperty("outcome").GetString(), item.GetProperty("actorId").GetString(), item.GetProperty("origin").GetString(), item.GetProperty("attempts").GetInt32()));
        Assert.Contains(item.GetProperty("changes").EnumerateArray(), change => change.GetProperty("field").GetString() == "role" && change.GetProperty("after").GetString() == "Ingest");
        Assert.Equal(JsonValueKind.Null, item.GetProperty("before").ValueKind);
        Assert.Equal("Ingest", item.GetProperty("after").GetProperty("role").GetString());
    }

    [Theory]
    [InlineData("outcome=Maybe", "outcome")]
    [InlineData("action=rule.fly", "action")]
    [InlineData("from=yesterday", "from")]
    [InlineData("since=P99999D", "since")]
    [InlineData("text=a&text=b", "text")]
    public async Task List_NotUnderstood_IsAProblemThatNamesIt(string query, string parameter)
    {
        using var answer = await administrator.GetAsync("/api/v1/audit?" + query);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var problem = JsonDocument.Parse(await answer.Content.ReadAsStringAsync());
        Assert.Equal(parameter, problem.RootElement.GetProperty("errors")[0].GetProperty("parameter").GetString());
    }

    [Theory]
    [InlineData("csv", "text/csv", 4)]
    [InlineData("ndjson", "application/x-ndjson", 3)]
    public async Task File_OfAFilter_HasItsEntriesAndIsAnEntryItself(string format, string type, int lines)
    {
        await WriteAsync(3);
        using var answer = await administrator.GetAsync($"/administration/audit.{format}?action=rule.run");

        Assert.Equal(type, answer.Content.Headers.ContentType!.MediaType);
        Assert.StartsWith("audit-", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'), StringComparison.Ordinal);
        Assert.Equal(lines, (await answer.Content.ReadAsStringAsync()).TrimEnd().Split('\n').Length);
        using var page = JsonDocument.Parse(await administrator.GetStringAsync("/api/v1/audit?action=audit.export"));
        var entry = Assert.Single(page.RootElement.GetProperty("items").EnumerateArray());
        Assert.Equal(("dev:administrator", "127.0.0.1"), (entry.GetProperty("actorId").GetString(), entry.GetProperty("origin").GetString()));
        Assert.Equal((3, "rule.run"), (entry.GetProperty("after").GetProperty("entries").GetInt32(), entry.GetProperty("after").GetProperty("actions")[0].GetString()));
    }

    [Fact]
    public async Task File_FilterNotUnderstood_IsNoFileOfEverything()
    {
        using var answer = await administrator.GetAsync("/administration/audit.csv?outcome=Maybe");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        using var page = JsonDocument.Parse(await administrator.GetStringAsync("/api/v1/audit?action=audit.export"));
        Assert.Equal(0, page.RootElement.GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Keys_OfEveryRole_MayNotReadTheTrail()
    {
        foreach (var role in Enum.GetValues<ApiKeyRole>())
        {
            using var client = await factory.WithKeyAsync(role);
            Assert.Equal(HttpStatusCode.Forbidden, (await client.GetAsync("/api/v1/audit")).StatusCode);
        }
    }

    private async Task WriteAsync(int count)
    {
        var time = factory.Services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        await factory.Services.GetRequiredService<AuditRecorder>().AppendAsync(
            [.. Enumerable.Range(0, count).Select(number => new AuditEntry(time.AddSeconds(number - 60), Actor.System, AuditActions.RuleRun, $"rule:{number}"))], default);
    }
}
