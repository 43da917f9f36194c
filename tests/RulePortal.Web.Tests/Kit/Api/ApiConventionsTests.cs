using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Security;

namespace RulePortal.Web.Tests.Kit.Api;

/// <summary>What every endpoint of the API gets from its group, tried on endpoints made for it.</summary>
public sealed class ApiConventionsTests : IAsyncLifetime
{
    private readonly WebApplication app;
    private HttpClient client = null!;

    public ApiConventionsTests()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddApi();
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<DeniedAttempts>();
        builder.Services.AddSingleton<SecurityAudit>();
        app = builder.Build();
        app.UseApiProblems();
        app.Use((context, next) =>
        {
            var scheme = context.Request.Headers["Test-Scheme"].ToString();
            context.User = PortalPrincipal.Create(new Actor("dev:test", "Test"), [PortalRoles.Contributor], scheme.Length == 0 ? "Cookies" : scheme);
            return next(context);
        });
        app.UseMiddleware<SameOrigin>();
        app.UseRouting();
        var api = app.MapApi();
        api.MapGet("/boom", IResult () => throw new InvalidOperationException("secret of the inside"));
        api.MapGet("/numbers", ([AsParameters] Paging paging) =>
            TypedResults.Ok(paging.Page(Enumerable.Range(1, 120).Skip(paging.Skip).Take(paging.Size).ToList(), 120)));
        api.MapPost("/echo", (Body body) => TypedResults.Ok(body));
        api.MapPost("/forgetful", (HttpContext context) => new AuditEntry(default, context.User.ToActor(), AuditActions.KeyCreate, "apikey:1").Subject);
        api.MapGet("/missing", () => Problems.NotFound("rule"));
        api.MapGet("/invalid", () => Problems.Invalid("Two fields are not valid.", [new { field = "a", message = "A." }, new { field = "b", message = "B." }]));
    }

    public async ValueTask InitializeAsync()
    {
        await app.StartAsync();
        client = app.GetTestClient();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        await app.DisposeAsync();
    }

    [Fact]
    public async Task Unhandled_Exception_IsAProblemWithoutTheInside()
    {
        using var answer = await client.GetAsync("/api/v1/boom");
        var problem = await ProblemAsync(answer, HttpStatusCode.InternalServerError);
        Assert.Equal("Internal error", problem.Title);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.DoesNotContain("secret", text, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", text, StringComparison.Ordinal);
        Assert.True(problem.Extensions.ContainsKey("traceId"));
    }

    [Fact]
    public async Task Endpoint_ThatForgetsItsPolicy_IsRefusedByTheWriter()
    {
        using var answer = await client.PostAsync("/api/v1/forgetful", content: null);
        var problem = await ProblemAsync(answer, HttpStatusCode.Forbidden);
        Assert.Equal("This needs the right to administer, which Test does not have. Nothing was changed.", problem.Detail);
    }

    [Theory]
    [InlineData("GET", "/api/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("DELETE", "/api/v1/echo", HttpStatusCode.MethodNotAllowed)]
    [InlineData("GET", "/api/v1/numbers?limit=many", HttpStatusCode.BadRequest)]
    [InlineData("GET", "/api/v1/missing", HttpStatusCode.NotFound)]
    [InlineData("GET", "/api/v1/invalid", HttpStatusCode.BadRequest)]
    public async Task Errors_OfEveryKind_AreProblems(string method, string path, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await client.SendAsync(request);
        await ProblemAsync(answer, status);
    }

    [Theory]
    [InlineData("text/plain", "x", HttpStatusCode.UnsupportedMediaType, "")]
    [InlineData("application/json", "{", HttpStatusCode.BadRequest, "line 1")]
    [InlineData("application/json", "{\"severity\":\"Huge\"}", HttpStatusCode.BadRequest, "$.severity")]
    [InlineData("application/json", "{\"severity\":3}", HttpStatusCode.BadRequest, "$.severity")]
    [InlineData("application/json", "{\"period\":\"1h\"}", HttpStatusCode.BadRequest, "$.period")]
    public async Task Body_ThatCannotBeRead_IsAProblemThatSaysWhere(string type, string body, HttpStatusCode status, string where)
    {
        using var content = new StringContent(body, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        using var answer = await client.PostAsync("/api/v1/echo", content);
        var problem = await ProblemAsync(answer, status);
        Assert.Contains(where, problem.Detail!, StringComparison.Ordinal);
        Assert.DoesNotContain("RulePortal", problem.Detail!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_EnumsAndDurations_AreNamesAndIso8601()
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/echo", new { severity = "High", period = "P30D" });
        Assert.Equal("""{"severity":"High","period":"P30D"}""", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Invalid_ManyErrors_ListsThemAll()
    {
        var problem = await client.GetAsync("/api/v1/invalid");
        var json = await problem.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(["A.", "B."], json.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("message").GetString()!));
    }

    [Fact]
    public async Task List_FollowedByNext_GivesEveryItemOnce()
    {
        var seen = new List<int>();
        for (var next = "/api/v1/numbers?limit=50&owner=a%26b"; next is not null;)
        {
            var page = await client.GetFromJsonAsync<JsonElement>(next);
            Assert.Equal(120, page.GetProperty("total").GetInt32());
            seen.AddRange(page.GetProperty("items").EnumerateArray().Select(i => i.GetInt32()));
            next = page.GetProperty("next").GetString();
            Assert.True(next is null || next.Contains("owner=a%26b", StringComparison.Ordinal));
        }

        Assert.Equal(Enumerable.Range(1, 120), seen);
    }

    [Theory]
    [InlineData("", 50)]
    [InlineData("?limit=1000", 120)]
    [InlineData("?limit=0", 1)]
    [InlineData("?offset=-5&limit=2", 2)]
    [InlineData("?offset=500", 0)]
    public async Task List_PageOfAnySize_StaysWithinBounds(string query, int count)
    {
        var page = await client.GetFromJsonAsync<JsonElement>("/api/v1/numbers" + query);
        Assert.Equal(count, page.GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("Cookies", null, null, HttpStatusCode.OK)]
    [InlineData("Cookies", "same-origin", "http://localhost", HttpStatusCode.OK)]
    [InlineData("Cookies", "cross-site", null, HttpStatusCode.Forbidden)]
    [InlineData("Cookies", "same-site", null, HttpStatusCode.Forbidden)]
    [InlineData("Cookies", null, "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("Cookies", null, "null", HttpStatusCode.Forbidden)]
    [InlineData("Cookies", null, "http://localhost:81", HttpStatusCode.Forbidden)]
    [InlineData(ApiKeyHandler.Name, "cross-site", "http://evil.example", HttpStatusCode.OK)]
    public async Task Change_WithACookieFromAForeignPage_IsRefused(string scheme, string? site, string? origin, HttpStatusCode status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/echo") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Test-Scheme", scheme);
        request.Headers.Add("Sec-Fetch-Site", site is null ? [] : [site]);
        request.Headers.Add("Origin", origin is null ? [] : [origin]);
        using var answer = await client.SendAsync(request);
        Assert.Equal(status, answer.StatusCode);
    }

    private static async Task<ProblemDetails> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        Assert.Equal(status, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        var problem = await answer.Content.ReadFromJsonAsync<ProblemDetails>();
        Assert.Equal((int)status, problem!.Status);
        Assert.False(string.IsNullOrEmpty(problem.Title));
        Assert.False(string.IsNullOrEmpty(problem.Detail));
        return problem;
    }

    private sealed record Body(Severity? Severity, TimeSpan? Period);
}
