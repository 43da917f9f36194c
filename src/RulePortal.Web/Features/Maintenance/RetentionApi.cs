using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Maintenance;

/// <summary><c>GET /api/v1/retention</c>: what would go now, and what went.</summary>
internal static class RetentionApi
{
    public const string Path = "/retention";

    public static void Map(RouteGroupBuilder api) => api.MapGet(Path, GetAsync)
        .RequireAuthorization(Policies.CanAdminister)
        .WithTags("Operations")
        .WithSummary("Preview retention")
        .WithDescription("For each part of the store: how long it is kept, how many rows the next run would remove, how many went before. Removes nothing.");

    private static async Task<Ok<IReadOnlyList<RetentionAnswer>>> GetAsync(RetentionSweep sweep, IOptions<RetentionSettings> options, CancellationToken cancellationToken) =>
        TypedResults.Ok(await RetentionAnswer.ListAsync(sweep, options.Value.ToPolicy(), cancellationToken));
}
