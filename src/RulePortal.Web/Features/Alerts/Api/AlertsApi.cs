using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Evaluation;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What the API tells of alerts.</summary>
internal static class AlertsApi
{
    public const string Path = "/alerts";

    public static void Map(RouteGroupBuilder api)
    {
        var alerts = api.MapGroup(Path).WithTags("Alerts").RequireAuthorization(Policies.CanView);
        alerts.MapGet("/", ListAsync)
            .WithSummary("List alerts, newest first")
            .WithDescription("Filters that are given must all hold; of one filter given several times, any value fits. Follow 'next' for the rest: the walk misses and repeats nothing while new alerts are raised. The total stops at 10,000.")
            .AddOpenApiOperationTransformer(AlertListParameters.DescribeAsync)
            .ProducesProblem(StatusCodes.Status400BadRequest);
        alerts.MapGet("/{id:long}", GetAsync)
            .WithSummary("Read one alert")
            .WithDescription("The ETag is the alert's version, which a change must name.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        alerts.MapGet("/{id:long}/baseline", BaselineAsync)
            .WithSummary("Say how long the rule still finds what the alert is about")
            .WithDescription("For each country of the alert, at most 20: its rows now, the limit, the row and the window that make it ordinary, and until when. Empty for a rule whose findings do not grow into its baseline.")
            .ProducesProblem(StatusCodes.Status404NotFound);
        alerts.MapGet("/{id:long}/evidence", EvidenceAsync)
            .WithSummary("List an alert's evidence")
            .WithDescription("The result rows kept with the alert, newest window first, each window in the query's order.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The version as an entity tag.</summary>
    public static void Tag(HttpContext context, int version) =>
        context.Response.Headers.ETag = string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static async Task<Results<Ok<ListPage<AlertAnswer>>, ProblemHttpResult>> ListAsync(HttpContext context, [AsParameters] Paging paging, long? before, AlertQueries queries, TimeProvider time)
    {
        var (view, faults) = AlertsViewReader.Read(context.Request.Query);
        if (faults.Count > 0)
        {
            return Problems.Invalid("The query string has values that are not understood.", faults);
        }

        var filter = view.ToFilter(context.User.ToActor().Id, time.GetUtcNow().UtcDateTime);
        var page = await queries.BeforeAsync(filter, before, paging.Size + 1, context.RequestAborted);
        var items = page.Items.Take(paging.Size).Select(alert => new AlertAnswer(alert)).ToList();
        var next = page.Items.Count > items.Count ? paging.Next("before", items[^1].Id.ToString(CultureInfo.InvariantCulture)) : null;
        return TypedResults.Ok(new ListPage<AlertAnswer>(items, page.Total, next));
    }

    private static async Task<Results<Ok<AlertDetailsAnswer>, ProblemHttpResult>> GetAsync(long id, HttpContext context, AlertDetailQueries queries)
    {
        if (await queries.FindAsync(id, context.RequestAborted) is not { } details)
        {
            return Problems.NotFound("alert");
        }

        Tag(context, details.Alert.Version);
        return TypedResults.Ok(new AlertDetailsAnswer(details));
    }

    private static async Task<Results<Ok<BaselineForecasts>, ProblemHttpResult>> BaselineAsync(long id, HttpContext context, AlertDetailQueries queries, BaselineForecaster forecaster) =>
        await queries.FindAsync(id, context.RequestAborted) is { } details
            ? TypedResults.Ok(await forecaster.OfAsync(details.Alert.RuleId, details.Occurrences[0].WindowEndUtc, details.Subjects, context.RequestAborted) ?? new BaselineForecasts(0, false, [], 0))
            : Problems.NotFound("alert");

    private static async Task<Results<Ok<ListPage<EvidenceAnswer>>, ProblemHttpResult>> EvidenceAsync(long id, HttpContext context, [AsParameters] Paging paging, AlertDetailQueries queries)
    {
        if (await queries.EvidenceAsync(id, paging.Skip, paging.Size, context.RequestAborted) is not { } page)
        {
            return Problems.NotFound("alert");
        }

        return TypedResults.Ok(paging.Page<EvidenceAnswer>([.. page.Items.Select(row => new EvidenceAnswer(row))], page.Total));
    }
}
