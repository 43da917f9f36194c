using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What the API does to alerts.</summary>
internal static class TriageApi
{
    private const string Races = " The request names the version that was seen, in an If-Match header or in the body: when the alert has changed since, nothing is written and the answer (412 or 409) tells what others did.";

    public static void Map(RouteGroupBuilder api)
    {
        var alert = api.MapGroup(AlertsApi.Path + "/{id:long}").WithTags("Alerts").RequireAuthorization(Policies.CanRespond);
        Describe(alert.MapPost("/acknowledge", AcknowledgeAsync), "Acknowledge an alert", "The alert becomes Active, and the caller's own when nobody owns it.");
        Describe(alert.MapPost("/assign", AssignAsync), "Assign an alert", "Gives the alert to the caller, to somebody who has worked alerts before, or to nobody.");
        Describe(alert.MapPost("/close", CloseAsync), "Close an alert", "Closes the alert with a classification and its reason.");
        Describe(alert.MapPost("/reopen", ReopenAsync), "Reopen an alert", "The alert becomes Active; its classification stays in the activity log.");
        Describe(alert.MapPost("/comment", CommentAsync), "Comment on an alert", "Adds a comment to the activity log.");
    }

    public static void Describe(RouteHandlerBuilder endpoint, string summary, string description) => endpoint
        .WithSummary(summary)
        .WithDescription(description + Races)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status412PreconditionFailed)
        .ProducesProblem(StatusCodes.Status428PreconditionRequired);

    private static Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> AcknowledgeAsync(long id, AcknowledgeRequest? body, HttpContext context, AlertTriage triage, AlertsChanged changed) =>
        ApplyAsync(id, body?.Version, context, changed, (seen, actor) => triage.AcknowledgeAsync(seen, actor, context.RequestAborted));

    private static async Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> AssignAsync(long id, AssignRequest body, HttpContext context, AlertTriage triage, AlertQueries queries, AlertsChanged changed)
    {
        var me = context.User.ToActor();
        var owner = body.Owner switch
        {
            null or AlertsView.Nobody => null,
            AlertsView.Me => me,
            var own when own == me.Id => me,
            var other => (await queries.KnownOwnersAsync(context.RequestAborted)).FirstOrDefault(known => known.Id == other),
        };
        return owner is null && body.Owner is not (null or AlertsView.Nobody)
            ? Problems.Invalid("The alert was not assigned.", [new QueryFault("owner", $"Nobody with the id '{body.Owner}' has worked alerts here.")])
            : await ApplyAsync(id, body.Version, context, changed, (seen, actor) => triage.AssignAsync(seen, owner, actor, context.RequestAborted));
    }

    private static Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> CloseAsync(long id, CloseRequest body, HttpContext context, AlertTriage triage, AlertsChanged changed)
    {
        if (Verdict(body) is not { } verdict)
        {
            return Task.FromResult<Results<Ok<TriageAnswer>, ProblemHttpResult>>(Problems.Invalid(
                "The alert was not closed.",
                [new QueryFault("classification", $"Closing needs a classification with its reason, one of {string.Join("; ", ClosingVerdict.All.Select(one => $"{one.Classification} {one.Reason}"))}.")]));
        }

        return ApplyAsync(id, body.Version, context, changed, (seen, actor) => triage.CloseAsync(seen, verdict, body.Comment, actor, context.RequestAborted));
    }

    private static Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> ReopenAsync(long id, ReopenRequest? body, HttpContext context, AlertTriage triage, AlertsChanged changed) =>
        ApplyAsync(id, body?.Version, context, changed, (seen, actor) => triage.ReopenAsync(seen, body?.Comment, actor, context.RequestAborted));

    private static Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> CommentAsync(long id, CommentRequest body, HttpContext context, AlertTriage triage, AlertsChanged changed) =>
        ApplyAsync(id, body.Version, context, changed, (seen, actor) => triage.CommentAsync(seen, body.Text ?? "", actor, context.RequestAborted));

    public static async Task<Results<Ok<TriageAnswer>, ProblemHttpResult>> ApplyAsync(long id, int? bodyVersion, HttpContext context, AlertsChanged changed, Func<AlertReference, Actor, Task<TriageResult>> action)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        if (header.Length > 0 && Version(header) is null)
        {
            return Problems.Invalid("The If-Match header is not understood.", [new QueryFault("If-Match", $"'{header}' is not an alert's entity tag; it looks like \"3\".")]);
        }

        if ((Version(header) ?? bodyVersion) is not { } seen)
        {
            return Problems.Of(StatusCodes.Status428PreconditionRequired, "Version needed", "Name the version that was seen, in an If-Match header or as 'version' in the body.");
        }

        var result = await action(new AlertReference(id, seen), context.User.ToActor());
        if (result.Version is { } version)
        {
            AlertsApi.Tag(context, version);
        }

        if (result.Outcome is TriageOutcome.Changed)
        {
            changed.Notify();
        }

        return TriageWords.Refusal(result) is not { } refusal
            ? TypedResults.Ok(new TriageAnswer(id, result.Version!.Value, result.Outcome))
            : result.Outcome switch
            {
                TriageOutcome.NotFound => Problems.NotFound("alert"),
                TriageOutcome.Conflict => Lost(result, refusal, header.Length > 0),
                TriageOutcome.IsClosed or TriageOutcome.TooManyPins => Problems.Conflict(refusal),
                TriageOutcome.BadNote => Problems.Invalid(refusal, [new QueryFault("note", refusal)]),
                _ => Problems.Invalid(refusal, [new QueryFault("comment", refusal)]),
            };
    }

    private static ClosingVerdict? Verdict(CloseRequest body)
    {
        var fitting = ClosingVerdict.All.Where(verdict => verdict.Classification == body.Classification && (body.ClassificationReason is null || verdict.Reason == body.ClassificationReason)).ToList();
        return fitting is [var only] ? only : null;
    }

    private static ProblemHttpResult Lost(TriageResult result, string refusal, bool byHeader) => Problems.Of(
        byHeader ? StatusCodes.Status412PreconditionFailed : StatusCodes.Status409Conflict,
        "Changed meanwhile",
        $"The alert has changed since the version that was seen; nothing was written. {refusal}",
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["version"] = result.Version,
            ["meanwhile"] = result.Meanwhile.Select(activity => new ActivityAnswer(activity)).ToList(),
        });

    private static int? Version(string entityTag) =>
        entityTag is ['"', .. var digits, '"'] && int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var version) ? version : null;
}
