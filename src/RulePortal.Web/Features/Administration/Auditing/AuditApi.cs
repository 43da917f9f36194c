using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RulePortal.Data.Auditing;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using static RulePortal.Web.Kit.Api.QueryDescription;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary><c>GET /api/v1/audit</c>.</summary>
internal static class AuditApi
{
    public const string Path = "/audit";

    public static void Map(RouteGroupBuilder api) => api.MapGet(Path, ListAsync)
        .RequireAuthorization(Policies.CanAdminister)
        .WithTags("Audit")
        .WithSummary("List the audit trail, newest first")
        .WithDescription("Filters that are given must all hold; of one filter given several times, any value fits. Follow 'next' for the rest: the walk repeats nothing while entries are written. The total stops at 10,000.")
        .AddOpenApiOperationTransformer(DescribeAsync)
        .ProducesProblem(StatusCodes.Status400BadRequest);

    private static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation
            .Takes("actor", "Entries of any of these actors, by id.", Many(Text()))
            .Takes("action", "Entries of any of these actions.", AnyOf(AuditActions.All))
            .Takes("outcome", "Entries that ended in any of these ways.", Names<AuditOutcome>())
            .Takes("since", "Within this long before now, such as PT24H or P7D; 'from' and 'to' then do not count.", Text())
            .Takes("from", "At or after this instant.", Text("date-time"))
            .Takes("to", "Before this instant.", Text("date-time"))
            .Takes("text", $"Contained in subject, detail, actor's name or origin, in any case; at most {AuditFilter.MaxTextLength} characters.", Text());
        return Task.CompletedTask;
    }

    private static async Task<Results<Ok<ListPage<AuditEntryAnswer>>, ProblemHttpResult>> ListAsync(HttpContext context, [AsParameters] Paging paging, long? before, AuditQueries queries, TimeProvider time)
    {
        var (view, faults) = AuditViewReader.Read(context.Request.Query);
        if (faults.Count > 0)
        {
            return Problems.Invalid("The query string has values that are not understood.", faults);
        }

        var list = await queries.BeforeAsync(view.ToFilter(time.GetUtcNow().UtcDateTime), before, paging.Size + 1, context.RequestAborted);
        var items = list.Items.Take(paging.Size).Select(AuditEntryAnswer.Of).ToList();
        var next = list.Items.Count > items.Count ? paging.Next("before", items[^1].Id.ToString(CultureInfo.InvariantCulture)) : null;
        return TypedResults.Ok(new ListPage<AuditEntryAnswer>(items, list.Total, next));
    }
}
