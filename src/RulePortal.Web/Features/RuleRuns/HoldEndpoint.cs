using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data.Alerts;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary><c>POST /api/v1/rules/{id}/windows/{window}/release</c>.</summary>
internal static class HoldEndpoint
{
    public static void Map(RouteGroupBuilder api) => api.MapPost("/rules/{id:guid}/windows/{window:long}/release", ReleaseAsync)
        .RequireAuthorization(Policies.CanContribute)
        .DisableRequestTimeout()
        .WithName("ReleaseRule")
        .WithSummary("Decides of the window that holds the rule: \"Alert\" evaluates it again and alerts however many result rows it has, \"Skip\" leaves it out. The rule goes on.");

    private static async Task<Results<Ok<ReleaseResponse>, ProblemHttpResult>> ReleaseAsync(
        Guid id, long window, ReleaseBody body, HoldService service, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (body.Decision is not { } word || !Enum.GetNames<HoldDecision>().Contains(word, StringComparer.Ordinal))
        {
            return Problems.Invalid("The decision is missing.", [new { message = $"'decision' must be {string.Join(" or ", Enum.GetNames<HoldDecision>().Select(name => $"\"{name}\""))}." }]);
        }

        var (outcome, run) = await service.DecideAsync(id, window, Enum.Parse<HoldDecision>(word), user.ToActor(), cancellationToken);
        return outcome switch
        {
            HoldOutcome.NotFound => Problems.NotFound("window of this rule"),
            HoldOutcome.NotHeld => Problems.Conflict("The window does not hold the rule, or no longer: somebody decided, saved a new version or disabled the rule."),
            _ => TypedResults.Ok(new ReleaseResponse(run)),
        };
    }

    /// <param name="Decision"><c>Alert</c> or <c>Skip</c>.</param>
    internal sealed record ReleaseBody(string? Decision);

    /// <param name="Run">What evaluating the window again came to; null when it is skipped, or left to the scheduler.</param>
    internal sealed record ReleaseResponse(RecordedRun? Run);
}
