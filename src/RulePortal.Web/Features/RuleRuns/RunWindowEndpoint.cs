using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary><c>POST /api/v1/rules/{id}/windows/{window}/runs</c>.</summary>
internal static class RunWindowEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/rules/{id:guid}/windows/{window:long}/runs", RunAsync)
        .RequireAuthorization(Policies.CanContribute)
        .DisableRequestTimeout()
        .WithName("EvaluateWindowAgain")
        .WithSummary("Evaluates one window again, such as one whose rows came late, adding only what was not alerted yet.");

    private static async Task<Results<Ok<RunNowEndpoint.RunNowResponse>, ProblemHttpResult>> RunAsync(
        Guid id, long window, RunNowService service, ClaimsPrincipal user, CancellationToken cancellationToken) =>
        RunNowEndpoint.Answer(await service.RunWindowAsync(id, window, user.ToActor(), cancellationToken), "window");
}
