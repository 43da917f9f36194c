using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Alerts;

/// <summary><c>POST /api/v1/alerts/{id}/replay</c>: it stores nothing, and costs as a simulation does.</summary>
internal static class ReplayApi
{
    public static void Map(RouteGroupBuilder api) => api.MapPost(AlertsApi.Path + "/{id:long}/replay", ReplayAsync)
        .InTurn<EvaluationTurns>()
        .WithTags("Alerts")
        .RequireAuthorization(Policies.CanView)
        .DisableRequestTimeout()
        .WithSummary("Evaluate an alert again")
        .WithDescription("With the rule version in force then, over the batches stored then: answers that every row and number is identical, or what differs and why. Stores nothing; waits for a place as a simulation does.")
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static async Task<Results<Ok<ReplayAnswer>, ProblemHttpResult>> ReplayAsync(long id, AlertReplayer replayer, CancellationToken cancellationToken)
    {
        var replay = await replayer.ReplayAsync(id, progress: null, cancellationToken);
        return replay.Outcome switch
        {
            ReplayOutcome.NotFound => Problems.NotFound("alert"),
            ReplayOutcome.TimedOut => Problems.Of(StatusCodes.Status503ServiceUnavailable, "Took too long", $"The replay was stopped after {RuleSimulator.TimeLimit.TotalSeconds:0} seconds, waiting for a place included."),
            _ => TypedResults.Ok(ReplayAnswer.Of(replay)),
        };
    }
}
