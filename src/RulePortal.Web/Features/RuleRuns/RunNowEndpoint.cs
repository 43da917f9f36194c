using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data.Ledger;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary><c>POST /api/v1/rules/{id}/runs</c>.</summary>
internal static class RunNowEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/rules/{id:guid}/runs", RunAsync)
        .RequireAuthorization(Policies.CanContribute)
        .DisableRequestTimeout()
        .WithName("RunRuleNow")
        .WithSummary("Evaluates the rule's due windows now; with none due, its last complete window again, adding only what was not alerted yet.");

    private static async Task<Results<Ok<RunNowResponse>, ProblemHttpResult>> RunAsync(Guid id, RunNowService service, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        var result = await service.RunAsync(id, user.ToActor(), cancellationToken);
        return Answer(result, "rule");
    }

    public static Results<Ok<RunNowResponse>, ProblemHttpResult> Answer(RunNowResult result, string sought) =>
        result.Outcome switch
        {
            RunNowOutcome.NotFound => Problems.NotFound(sought),
            RunNowOutcome.Disabled => Problems.Conflict("The rule is disabled. Enable it, or use its test address, which stores nothing."),
            RunNowOutcome.Held => Problems.Conflict("The rule is held: a window made more result rows than the rule may alert on by itself. Decide of that window first."),
            RunNowOutcome.AlreadyRunning => Problems.Conflict("Another worker is evaluating the window; its outcome appears among the runs."),
            RunNowOutcome.BeyondRetention => Problems.Conflict("Retention has let go of connections the window looks back on. Evaluated again, what was common would look rare."),
            _ => TypedResults.Ok(new RunNowResponse(result.Runs, result.LeftToScheduler)),
        };

    /// <param name="Runs">The windows evaluated, newest first.</param>
    /// <param name="LeftToScheduler">Due windows beyond those, which the scheduler evaluates.</param>
    internal sealed record RunNowResponse(IReadOnlyList<RecordedRun> Runs, int LeftToScheduler);
}
