using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data;
using RulePortal.Data.Connections;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Connections;

/// <summary><c>/api/v1/connections/sources</c>: which machines report, and how often each is expected to.</summary>
internal static class SourceEndpoints
{
    private const string Pattern = "/connections/sources";

    public static void MapSources(this RouteGroupBuilder api)
    {
        api.MapGet(Pattern, ListAsync).RequireAuthorization(Policies.CanView).WithSummary("Machines that have reported, the longest silent first");
        api.MapPut(Pattern, ExpectAsync).RequireAuthorization(Policies.CanContribute)
            .WithSummary("Sets how often a machine is expected to report: 'expected' is an ISO 8601 duration, \"never\", or null for the portal's default");
    }

    private static async Task<Ok<ListPage<SourceFreshness>>> ListAsync([AsParameters] Paging paging, VolumeQueries queries, CancellationToken cancellationToken)
    {
        var page = await queries.SourcesAsync(paging.Skip, paging.Size, cancellationToken);
        return TypedResults.Ok(paging.Page(page.Items, page.Total));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> ExpectAsync(SourceBody body, SourceWatch watch, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        TimeSpan? expected = null;
        if (body.Expected == "never")
        {
            expected = TimeSpan.Zero;
        }
        else if (body.Expected is { } text)
        {
            if (!DurationText.TryParse(text, out var interval, out var error) || interval < SourceWatch.Shortest || interval > SourceWatch.Longest)
            {
                return Problems.Invalid("The interval is not understood.", [new QueryFault("expected", error ?? "The interval must be 1 minute to 30 days.")]);
            }

            expected = interval;
        }

        return await watch.ExpectAsync(body.Computer ?? "", expected, user.ToActor(), cancellationToken) ? TypedResults.NoContent() : Problems.NotFound("machine");
    }

    /// <param name="Computer">The machine's name, as the telemetry spells it.</param>
    /// <param name="Expected">A duration such as PT2H, "never", or null.</param>
    internal sealed record SourceBody(string? Computer, string? Expected);
}
