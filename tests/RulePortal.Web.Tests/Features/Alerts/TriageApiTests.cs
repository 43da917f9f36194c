using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

public sealed class TriageApiTests(PortalFactory factory) : IClassFixture<PortalFactory>, IAsyncLifetime
{
    private static readonly Actor Ben = new("entra:t/b", "Ben") { Rights = ActorRights.Respond };

    private HttpClient responder = null!;
    private AlertReference seen;

    private AlertTriage Triage => factory.Services.GetRequiredService<AlertTriage>();

    public async ValueTask InitializeAsync()
    {
        responder = await factory.WithKeyAsync(ApiKeyRole.Responder);
        seen = await factory.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().RaiseAsync(new AlertSeed());
    }

    public ValueTask DisposeAsync()
    {
        responder.Dispose();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Acknowledge_NamingTheVersion_ChangesTheAlertInTheKeysName()
    {
        using var answer = await PostAsync("acknowledge", new { version = 1 });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("\"2\"", answer.Headers.ETag!.Tag);
        Assert.Equal($$"""{"id":{{seen.Id}},"version":2,"outcome":"Changed"}""", await answer.Content.ReadAsStringAsync());
        var alert = await AlertAsync();
        Assert.Equal("Active", alert.GetProperty("status").GetString());
        Assert.StartsWith("key:", alert.GetProperty("owner").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Acknowledge_IfMatchAndNoBody_Changes()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("acknowledge"));
        request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        using var answer = await responder.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task Acknowledge_Again_IsUnchanged()
    {
        using var first = await PostAsync("acknowledge", new { version = 1 });
        using var second = await PostAsync("acknowledge", new { version = 2 });

        Assert.Equal("Unchanged", (await second.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task AnyAction_NamingNoVersion_IsRefused()
    {
        using var answer = await PostAsync("acknowledge", new { });

        Assert.Equal(HttpStatusCode.PreconditionRequired, answer.StatusCode);
        Assert.Equal("New", (await AlertAsync()).GetProperty("status").GetString());
    }

    [Theory]
    [InlineData("3")]
    [InlineData("*")]
    [InlineData("W/\"1\"")]
    [InlineData("\"-1\"")]
    public async Task AnyAction_IfMatchThatIsNoTag_IsRefused(string header)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("acknowledge"));
        request.Headers.TryAddWithoutValidation("If-Match", header);
        using var answer = await responder.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Theory]
    [InlineData(false, HttpStatusCode.Conflict)]
    [InlineData(true, HttpStatusCode.PreconditionFailed)]
    public async Task Close_LostRace_TellsWhatTheOtherDidAndWritesNothing(bool byHeader, HttpStatusCode status)
    {
        await Triage.AcknowledgeAsync(seen, Ben, default);
        using var request = new HttpRequestMessage(HttpMethod.Post, Address("close")) { Content = JsonContent.Create(new { classification = "Undetermined", version = byHeader ? (int?)null : 1 }) };
        if (byHeader)
        {
            request.Headers.TryAddWithoutValidation("If-Match", "\"1\"");
        }

        using var answer = await responder.SendAsync(request);

        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("Ben acknowledged it and assigned it to Ben.", problem.GetProperty("detail").GetString());
        Assert.Equal(2, problem.GetProperty("version").GetInt32());
        Assert.Equal("Ben", problem.GetProperty("meanwhile")[0].GetProperty("by").GetProperty("name").GetString());
        Assert.Equal("Active", (await AlertAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Close_ThenReopen_GoesThroughWithComments()
    {
        using var closed = await PostAsync("close", new { classification = "FalsePositive", classificationReason = "InaccurateData", comment = "Wrong country.", version = 1 });
        Assert.Equal(HttpStatusCode.OK, closed.StatusCode);
        Assert.Equal("InaccurateData", (await AlertAsync()).GetProperty("classificationReason").GetString());

        using var again = await PostAsync("close", new { classification = "Undetermined", version = 2 });
        Assert.Equal(HttpStatusCode.Conflict, again.StatusCode);
        Assert.Contains("reopen it first", (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("detail").GetString());

        using var reopened = await PostAsync("reopen", new { comment = "Not so fast.", version = 2 });
        Assert.Equal(HttpStatusCode.OK, reopened.StatusCode);
        var alert = await AlertAsync();
        Assert.Equal("Active", alert.GetProperty("status").GetString());
        Assert.Equal(["Wrong country.", "Not so fast."], alert.GetProperty("activities").EnumerateArray().Select(activity => activity.GetProperty("comment").GetString()).OfType<string>());
    }

    [Theory]
    [InlineData("""{"version":1}""")]
    [InlineData("""{"version":1,"classification":"FalsePositive"}""")]
    [InlineData("""{"version":1,"classification":"TruePositive","classificationReason":"InaccurateData"}""")]
    [InlineData("""{"version":1,"classification":"Harmless"}""")]
    [InlineData("""{"version":1,"classification":1}""")]
    [InlineData("not json")]
    [InlineData("")]
    public async Task Close_WithoutOneOfTheFiveVerdicts_IsRefused(string body)
    {
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await responder.PostAsync(Address("close"), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("New", (await AlertAsync()).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Assign_ToMeToSomebodyKnownAndToNobody_Changes()
    {
        using var me = await PostAsync("assign", new { owner = "me", version = 1 });
        Assert.StartsWith("key:", (await AlertAsync()).GetProperty("owner").GetProperty("id").GetString());

        await Triage.CommentAsync(seen with { Version = 2 }, "Hello.", Ben, default);
        using var known = await PostAsync("assign", new { owner = Ben.Id, version = 3 });
        Assert.Equal("Ben", (await AlertAsync()).GetProperty("owner").GetProperty("name").GetString());

        using var nobody = await PostAsync("assign", new { owner = (string?)null, version = 4 });
        Assert.Equal(JsonValueKind.Null, (await AlertAsync()).GetProperty("owner").ValueKind);
    }

    [Fact]
    public async Task Assign_ToSomebodyUnknown_IsRefused()
    {
        using var answer = await PostAsync("assign", new { owner = "entra:t/stranger", version = 1 });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("stranger", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Comment_EmptyOrTooLong_IsRefused()
    {
        using var empty = await PostAsync("comment", new { text = " ", version = 1 });
        using var missing = await PostAsync("comment", new { version = 1 });
        using var tooLong = await PostAsync("comment", new { text = new string('x', Alert.MaxCommentLength + 1), version = 1 });
        using var good = await PostAsync("comment", new { text = "<b>Seen.</b>", version = 1 });

        Assert.All([empty, missing, tooLong], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
        Assert.Equal(HttpStatusCode.OK, good.StatusCode);
        Assert.Equal("<b>Seen.</b>", (await AlertAsync()).GetProperty("activities")[1].GetProperty("comment").GetString());
    }

    [Fact]
    public async Task AnyAction_NoSuchAlert_IsNotFound()
    {
        using var answer = await responder.PostAsJsonAsync("/api/v1/alerts/404/acknowledge", new { version = 1 });

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task AnyAction_AsReader_IsForbiddenAndWritesNothing()
    {
        using var reader = await factory.WithKeyAsync(ApiKeyRole.Reader);

        foreach (var action in (string[])["acknowledge", "assign", "close", "reopen", "comment"])
        {
            using var answer = await reader.PostAsJsonAsync(Address(action), new { version = 1, owner = "me", classification = "Undetermined", text = "x" });
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        }

        Assert.Equal(1, (await AlertAsync()).GetProperty("version").GetInt32());
    }

    private string Address(string action) => $"/api/v1/alerts/{seen.Id}/{action}";

    private Task<HttpResponseMessage> PostAsync(string action, object body) => responder.PostAsJsonAsync(Address(action), body);

    private async Task<JsonElement> AlertAsync() => await responder.GetFromJsonAsync<JsonElement>($"/api/v1/alerts/{seen.Id}");
}
