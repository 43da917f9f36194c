using System.Globalization;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using RulePortal.Data;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Wording;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>Rules: list, read, change, switch.</summary>
internal static class RuleEndpoints
{
    public static void Map(RouteGroupBuilder rules)
    {
        rules.MapGet("", ListAsync).RequireAuthorization(Policies.CanView)
            .WithSummary("Rules with their last run, next run and alerts, by name");
        rules.MapGet("{id:guid}", GetAsync).RequireAuthorization(Policies.CanView)
            .WithSummary("A rule with its version in force, which is also its ETag");
        rules.MapPut("{id:guid}", PutAsync).RequireAuthorization(Policies.CanContribute).InTurn<EvaluationTurns>()
            .WithSummary("Saves a whole definition as the rule's next version; name the version it is based on in If-Match or expectedVersion. One that breaks pins is refused (422) unless overridePins says why");
        rules.MapGet("{id:guid}/pins", PinsAsync).RequireAuthorization(Policies.CanView)
            .WithSummary("The pins on the rule's alerts, and how each stands under the version in force");
        rules.MapPost("{id:guid}/enable", (Guid id, RuleStore store, ClaimsPrincipal user, CancellationToken ct) => SwitchAsync(id, true, store, user, ct))
            .RequireAuthorization(Policies.CanContribute).WithSummary("Enables a rule: its windows begin now");
        rules.MapPost("{id:guid}/disable", (Guid id, RuleStore store, ClaimsPrincipal user, CancellationToken ct) => SwitchAsync(id, false, store, user, ct))
            .RequireAuthorization(Policies.CanContribute).WithSummary("Disables a rule: windows not yet evaluated are skipped");
    }

    private static async Task<Ok<ListPage<RuleListItem>>> ListAsync([AsParameters] RuleFilter filter, [AsParameters] Paging paging, RuleQueries queries, RuleTimetable timetable, CancellationToken cancellationToken)
    {
        var matching = (await queries.OverviewAsync(cancellationToken)).Where(filter.Matches).ToList();
        var items = matching.Skip(paging.Skip).Take(paging.Size).Select(rule => RuleListItem.Of(rule, timetable.NextRunUtc(rule.Rule))).ToList();
        return TypedResults.Ok(paging.Page(items, matching.Count));
    }

    private static async Task<Results<Ok<RuleResponse>, ProblemHttpResult>> GetAsync(Guid id, RuleStore store, HttpResponse response, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } rule)
        {
            return Problems.NotFound("rule");
        }

        response.Headers.ETag = Tag(rule.Version);
        return TypedResults.Ok(RuleResponse.Of(rule));
    }

    private static async Task<Results<Ok<RuleResponse>, ProblemHttpResult>> PutAsync(
        Guid id,
        RuleUpdate update,
        [FromHeader(Name = "If-Match")] string? ifMatch,
        RuleStore store,
        DetectorCatalog detectors,
        ClaimsPrincipal user,
        HttpResponse response,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } current)
        {
            return Problems.NotFound("rule");
        }

        if (ifMatch is null && update.ExpectedVersion is null)
        {
            return Problems.Of(
                StatusCodes.Status428PreconditionRequired,
                "Version needed",
                $"Say which version the change is based on, in the header If-Match: {Tag(current.Version)} or in 'expectedVersion'.");
        }

        if (ifMatch is not null && !Matches(ifMatch, current.Version))
        {
            return Superseded(StatusCodes.Status412PreconditionFailed, current.Version, current.SavedBy);
        }

        var (definition, errors) = RuleDefinitionReader.Read(update.Definition, detectors);
        if (definition is null || errors.Count > 0)
        {
            return RuleProblems.Invalid(errors);
        }

        var (expected, note, actor) = (update.ExpectedVersion ?? current.Version, update.Note ?? "", user.ToActor());
        var saved = update.OverridePins is { } reason
            ? await store.SaveOverridingPinsAsync(id, expected, definition, note, reason, actor, cancellationToken)
            : await store.SaveAsync(id, expected, definition, note, actor, cancellationToken);
        switch (saved.Outcome)
        {
            case RuleSaveOutcome.NotFound:
                return Problems.NotFound("rule");
            case RuleSaveOutcome.Invalid:
                return RuleProblems.Invalid(saved.Errors);
            case RuleSaveOutcome.BreaksPins:
                return BreaksPins(saved.Pins);
            case RuleSaveOutcome.Conflict:
                return Superseded(ifMatch is null ? StatusCodes.Status409Conflict : StatusCodes.Status412PreconditionFailed, saved.Version, saved.ChangedBy);
            default:
                var answer = await GetAsync(id, store, response, cancellationToken);
                return answer.Result is Ok<RuleResponse> { Value: { } rule } && saved.Pins.Unknown is { Count: > 0 } unknown
                    ? TypedResults.Ok(rule with { PinsNotJudged = [.. unknown.Select(JudgedPinAnswer.Of)] })
                    : answer;
        }
    }

    private static async Task<Results<Ok<ListPage<JudgedPinAnswer>>, ProblemHttpResult>> PinsAsync(Guid id, [AsParameters] Paging paging, RuleStore store, RulePins pins, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is not { } rule)
        {
            return Problems.NotFound("rule");
        }

        var report = await pins.JudgeAsync(id, rule.Definition, inForce: null, cancellationToken);
        return TypedResults.Ok(paging.Page([.. report.Pins.Skip(paging.Skip).Take(paging.Size).Select(JudgedPinAnswer.Of)], report.Pins.Count));
    }

    // Like any other definition that cannot be saved as it is: the faults by name, and what to do about them.
    private static ProblemHttpResult BreaksPins(PinReport report) => Problems.Of(
        StatusCodes.Status422UnprocessableEntity,
        "Breaks pins",
        $"The definition breaks {Words.Count(report.Broken.Count, "pin")}; nothing was saved. Change it, or send the same with 'overridePins' saying why: the version keeps that reason.",
        new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["errors"] = report.Broken.Select(pin => new RuleError("pin.broken", "overridePins", PinWords.Fault(pin))).ToList(),
            ["pins"] = report.Broken.Select(JudgedPinAnswer.Of).ToList(),
            ["notJudged"] = report.Unknown.Select(JudgedPinAnswer.Of).ToList(),
        });

    private static async Task<Results<Ok<RuleResponse>, ProblemHttpResult>> SwitchAsync(Guid id, bool enabled, RuleStore store, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        await store.SetEnabledAsync(id, enabled, user.ToActor(), cancellationToken);
        return await store.FindAsync(id, cancellationToken) is { } rule ? TypedResults.Ok(RuleResponse.Of(rule)) : Problems.NotFound("rule");
    }

    private static ProblemHttpResult Superseded(int status, int version, string? savedBy) =>
        Problems.Of(status, "Conflict", $"{savedBy ?? "Somebody"} saved version {version} meanwhile. Nothing was changed; read that version and base the change on it.");

    private static string Tag(int version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");

    private static bool Matches(string ifMatch, int version) =>
        EntityTagHeaderValue.TryParseList([ifMatch], out var tags) && tags.Any(tag => tag.Equals(EntityTagHeaderValue.Any) || (!tag.IsWeak && tag.Tag == Tag(version)));
}

/// <summary>Which rules a list shows; what is not given does not filter.</summary>
/// <param name="Name">Whose name contains this, in any case.</param>
/// <param name="Enabled">That are enabled, or disabled.</param>
/// <param name="Severity">Of this severity.</param>
/// <param name="Tactic">With this tactic.</param>
internal sealed record RuleFilter(string? Name, bool? Enabled, Severity? Severity, AttackTactic? Tactic)
{
    public bool Matches(RuleOverview rule) =>
        (string.IsNullOrWhiteSpace(Name) || rule.Rule.Definition.Name.Contains(Name.Trim(), StringComparison.OrdinalIgnoreCase))
        && (Enabled is null || rule.Rule.Enabled == Enabled)
        && (Severity is null || rule.Rule.Definition.Severity == Severity)
        && (Tactic is null || rule.Rule.Definition.Tactics.Contains(Tactic.Value));
}

/// <summary>A new version of a rule.</summary>
/// <param name="Definition">The whole definition, in the shape in which GET answers it.</param>
/// <param name="ExpectedVersion">The version the change is based on; or say it in If-Match.</param>
/// <param name="Note">Why, at most 1,000 characters.</param>
/// <param name="OverridePins">Why it may be saved although it breaks pins, 1 to 1,000 characters; kept with the version when it does.</param>
internal sealed record RuleUpdate(JsonElement Definition, int? ExpectedVersion = null, string? Note = null, string? OverridePins = null);
