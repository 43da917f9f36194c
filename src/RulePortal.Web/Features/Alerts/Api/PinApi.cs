using System.ComponentModel;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data.Pins;
using RulePortal.Detection.Pins;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What the API does with pins on alerts. They bind whoever edits rules, so they are for those who do.</summary>
internal static class PinApi
{
    public static void Map(RouteGroupBuilder api)
    {
        var alert = api.MapGroup(AlertsApi.Path + "/{id:long}").WithTags("Alerts").RequireAuthorization(Policies.CanContribute);
        TriageApi.Describe(alert.MapPut("/pin", PinAsync).InTurn<EvaluationTurns>(), "Pin an alert", "Later versions of the alert's rule must raise it (MustFire), or none of its rows (MustNotFire): saving one that breaks the pin is refused unless a reason is given. An alert has one pin; a rule at most 100.");
        TriageApi.Describe(alert.MapDelete("/pin", UnpinAsync), "Take the pin off an alert", "The version may be named as a query value here, as there is no body.");
    }

    private static Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> PinAsync(long id, PinRequest body, HttpContext context, AlertPins pins, AlertsChanged changed) => body.Kind is { } kind
        ? TriageApi.ApplyAsync(id, body.Version, context, changed, (seen, actor) => pins.PinAsync(seen, kind, body.Note, actor, context.RequestAborted))
        : Task.FromResult<Results<Ok<TriageAnswer>, ProblemHttpResult>>(Problems.Invalid("The alert was not pinned.", [new QueryFault("kind", "A pin needs a kind: MustFire or MustNotFire.")]));

    private static Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> UnpinAsync(long id, int? version, HttpContext context, AlertPins pins, AlertsChanged changed) =>
        TriageApi.ApplyAsync(id, version, context, changed, (seen, actor) => pins.UnpinAsync(seen, actor, context.RequestAborted));
}

[Description("A pin on an alert.")]
internal sealed record PinAnswer(
    [property: Description("MustFire, or MustNotFire.")] PinKind Kind,
    DateTime Pinned,
    string By,
    string Note);
