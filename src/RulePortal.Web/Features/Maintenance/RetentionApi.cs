using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Web.Kit.Settings;
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

/// <summary>One part of the store in the API.</summary>
internal sealed record RetentionAnswer(RetentionPart Part, TimeSpan Kept, DateTime KeptFromUtc, long RowsToGo, DateTime? OldestUtc, long RowsGone, DateTime? LastRunUtc)
{
    /// <summary>Every part, counted now; removes nothing.</summary>
    public static async Task<IReadOnlyList<RetentionAnswer>> ListAsync(RetentionSweep sweep, RetentionPolicy policy, CancellationToken cancellationToken)
    {
        var marks = await sweep.MarksAsync(cancellationToken);
        var lines = await sweep.PreviewAsync(policy, cancellationToken);
        return [.. lines.Select(line => Of(line, policy, marks.FirstOrDefault(mark => mark.Part == line.Part.ToString())))];
    }

    private static RetentionAnswer Of(RetentionLine line, RetentionPolicy policy, RetentionMark? mark) =>
        new(line.Part, policy.Of(line.Part), line.KeptFromUtc, line.Rows, line.OldestUtc, mark?.RemovedRows ?? 0, mark?.DoneUtc);
}
