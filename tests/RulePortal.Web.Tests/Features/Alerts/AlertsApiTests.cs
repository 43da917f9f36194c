using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Security;
using RulePortal.Detection.Taxonomy;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

public sealed class AlertsApiTests(PortalFactory factory) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    // The store is shared with other tests: each sees the alerts of its own rule.
    private readonly Guid rule = Guid.NewGuid();
    private HttpClient reader = null!;

    private IDbContextFactory<PortalDbContext> Store => factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>();

    public async ValueTask InitializeAsync() => reader = await factory.WithKeyAsync(ApiKeyRole.Reader);

    public ValueTask DisposeAsync()
    {
        reader.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task List_NothingMatches_IsAnEmptyEnvelope() =>
        Assert.Equal("""{"items":[],"total":0,"next":null}""", await reader.GetStringAsync($"/api/v1/alerts?rule={rule}"));

    [Fact]
    public async Task List_ManyAlerts_NextWalksAllOfThemUnderTheSameFilter()
    {
        await Store.RaiseAsync(Enumerable.Range(0, 7).Select(number => new AlertSeed { RuleId = rule, Title = $"{number}", Severity = number == 3 ? Severity.Low : Severity.High, Rows = 0 }));

        var titles = new List<string?>();
        var address = $"/api/v1/alerts?rule={rule}&severity=High&limit=2";
        while (address is not null)
        {
            var page = await GetAsync(address);
            Assert.Equal(6, page.GetProperty("total").GetInt32());
            titles.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("title").GetString()));
            address = page.GetProperty("next").GetString();
        }

        Assert.Equal(["6", "5", "4", "2", "1", "0"], titles);
    }

    [Fact]
    public async Task List_Item_NamesWhatSentinelNames()
    {
        await Store.RaiseAsync(new AlertSeed { RuleId = rule, Severity = Severity.Medium, Tactics = [AttackTactic.Exfiltration, AttackTactic.Discovery] });

        var item = (await GetAsync($"/api/v1/alerts?rule={rule}&text=moldova&entity=Country:Moldova&tactic=Discovery&status=New&owner=none")).GetProperty("items")[0];

        Assert.Equal(("Medium", "New", 1), (item.GetProperty("severity").GetString(), item.GetProperty("status").GetString(), item.GetProperty("version").GetInt32()));
        Assert.Equal("2026-03-10T12:00:00Z", item.GetProperty("windowEnd").GetString());
        Assert.Equal("""["Discovery","Exfiltration"]""", item.GetProperty("tactics").GetRawText());
        Assert.Equal(JsonValueKind.Null, item.GetProperty("owner").ValueKind);
        Assert.Equal("""{"type":"Host","values":["web-01.contoso.example"],"count":1}""", item.GetProperty("entityGroups")[0].GetRawText());
    }

    [Fact]
    public async Task List_QueryNotUnderstood_IsAProblemThatNamesEveryFault()
    {
        using var answer = await reader.GetAsync("/api/v1/alerts?severity=Huge&since=soon");

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["severity", "since"], problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("parameter").GetString()));
        Assert.Contains("High", problem.GetProperty("errors")[0].GetProperty("message").GetString());
    }

    [Fact]
    public async Task Get_AnAlert_HasItsVersionAsETagAndItsLog()
    {
        var seen = await Store.RaiseAsync(new AlertSeed());

        using var answer = await reader.GetAsync($"/api/v1/alerts/{seen.Id}");

        Assert.Equal("\"1\"", answer.Headers.ETag!.Tag);
        var alert = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.StartsWith("updater on web-01", alert.GetProperty("summary").GetString());
        Assert.Equal("Raised", alert.GetProperty("activities")[0].GetProperty("kind").GetString());
        Assert.Equal(6, alert.GetProperty("occurrences")[0].GetProperty("totalRows").GetInt32());
        Assert.Equal("""{"type":"Country","value":"Moldova"}""", alert.GetProperty("entities")[3].GetRawText());
    }

    [Theory]
    [InlineData("/api/v1/alerts/404")]
    [InlineData("/api/v1/alerts/404/evidence")]
    public async Task Get_NoSuchAlert_IsAProblem(string address)
    {
        using var answer = await reader.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("There is no such alert.", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Evidence_Rows_HaveTheEighteenColumnsInOrderAndAnExplanation()
    {
        var seen = await Store.RaiseAsync(new AlertSeed { RuleId = rule, Rows = 3 });

        var page = await GetAsync($"/api/v1/alerts/{seen.Id}/evidence?limit=2");

        Assert.Equal(3, page.GetProperty("total").GetInt32());
        Assert.EndsWith("offset=2", page.GetProperty("next").GetString());
        var columns = page.GetProperty("items")[0].GetProperty("columns").EnumerateObject().Select(column => column.Name).ToList();
        Assert.Equal(
            ["ProcessName", "SourceIp", "DestinationIp", "RemoteCountry", "count_", "Computer", "Direction", "ProcessName1", "SourceIp1", "DestinationIp1", "DestinationPort", "Protocol", "RemoteCountry1", "MaliciousIp", "min_TimeGenerated", "max_TimeGenerated", "sum_BytesSent", "sum_BytesReceived"],
            columns);
        Assert.Equal(443, page.GetProperty("items")[0].GetProperty("columns").GetProperty("DestinationPort").GetInt64());
        Assert.Equal("countryRows", page.GetProperty("items")[0].GetProperty("explanation").GetProperty("measures")[0].GetProperty("key").GetString());
    }

    [Fact]
    public async Task Document_ListOfAlerts_TellsItsFilters()
    {
        var document = await GetAsync("/openapi/v1.json");

        var list = document.GetProperty("paths").GetProperty("/api/v1/alerts").GetProperty("get");
        var names = list.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()).ToList();
        Assert.Superset(new HashSet<string?> { "tactic", "severity", "status", "rule", "owner", "since", "from", "to", "entity", "text", "before" }, names.ToHashSet());
        Assert.Equal(["acknowledge", "assign", "baseline", "close", "comment", "evidence", "pin", "reopen", "replay"], document.GetProperty("paths").EnumerateObject().Select(path => path.Name).Where(path => path.StartsWith("/api/v1/alerts/{id}/", StringComparison.Ordinal)).Select(path => path.Split('/')[^1]).Order());
    }

    [Fact]
    public async Task Csv_OfTheListUnderAFilter_HoldsItAndNeutralisesFormulas()
    {
        await Store.RaiseAsync([new AlertSeed { RuleId = rule, Title = "=cmd|' /C calc'!A0", Process = "@evil", Severity = Severity.High }, new AlertSeed { RuleId = rule, Severity = Severity.Low }]);
        using var person = await factory.SignInAsAsync("Reader");

        using var answer = await person.GetAsync($"/alerts.csv?rule={rule}&severity=High");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Matches("^alerts-[0-9-]+\\.csv$", answer.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var lines = (await answer.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.StartsWith("\uFEFFId,Raised,Severity", lines[0]);
        Assert.Contains(",'=cmd|' /C calc'!A0,", lines[1]);
        Assert.Contains(",'@evil,", lines[1]);
    }

    [Fact]
    public async Task Csv_OfEvidence_HoldsAllRows()
    {
        var seen = await Store.RaiseAsync(new AlertSeed { RuleId = rule, Rows = 40, Process = "=evil" });
        using var person = await factory.SignInAsAsync("Reader");

        var lines = (await person.GetStringAsync($"/alerts/{seen.Id}/evidence.csv")).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(41, lines.Length);
        Assert.Equal("WindowEnd", lines[0].Split(',')[0].TrimStart('\uFEFF'));
        Assert.All(lines.Skip(1), line => Assert.Contains(",'=evil,", line));
    }

    [Fact]
    public async Task Csv_OfEvidenceThatIsNotThere_IsNotFound()
    {
        using var person = await factory.SignInAsAsync("Reader");
        using var answer = await person.GetAsync("/alerts/404/evidence.csv");

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    private async Task<JsonElement> GetAsync(string address) => await reader.GetFromJsonAsync<JsonElement>(address);
}
