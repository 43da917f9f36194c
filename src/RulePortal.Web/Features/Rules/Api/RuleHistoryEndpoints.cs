using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Rules.Api;

/// <summary>What rules said and did: versions, windows, runs.</summary>
internal static class RuleHistoryEndpoints
{
    public static void Map(RouteGroupBuilder api, RouteGroupBuilder rules)
    {
        rules.MapGet("{id:guid}/versions", VersionsAsync).RequireAuthorization(Policies.CanView)
            .WithSummary("Versions of a rule, the newest first, with what each changed");
        rules.MapGet("{id:guid}/versions/{number:int}", VersionAsync).RequireAuthorization(Policies.CanView)
            .WithSummary("What one version said");
        rules.MapGet("{id:guid}/windows", WindowsAsync).RequireAuthorization(Policies.CanView)
            .WithSummary("Windows of a rule, the latest first, with their last attempt");
        api.MapGet("/runs", RunsAsync).RequireAuthorization(Policies.CanView).WithTags("Runs")
            .WithSummary("Attempts of all rules, the last begun first");
        api.MapGet("/runs/{run:long}/exclusions", ExcludedAsync).RequireAuthorization(Policies.CanView).WithTags("Runs")
            .WithSummary("What an attempt did not count when it looked back: countries and windows of alerts that were open or true positives then");
    }

    private static async Task<Ok<IReadOnlyList<ExcludedRows>>> ExcludedAsync(long run, RuleQueries queries, CancellationToken cancellationToken) => TypedResults.Ok(await queries.ExcludedAsync(run, cancellationToken));

    private static async Task<Results<Ok<ListPage<RuleVersionRow>>, ProblemHttpResult>> VersionsAsync(Guid id, [AsParameters] Paging paging, RuleQueries queries, CancellationToken cancellationToken)
    {
        var page = await queries.VersionsAsync(id, paging.Skip, paging.Size, cancellationToken);
        return page.Total == 0 ? Problems.NotFound("rule") : TypedResults.Ok(paging.Page(page.Items, page.Total));
    }

    private static async Task<Results<Ok<RuleDefinitionBody>, ProblemHttpResult>> VersionAsync(Guid id, int number, RuleStore store, CancellationToken cancellationToken) =>
        await store.FindVersionAsync(id, number, cancellationToken) is { } definition ? TypedResults.Ok(RuleDefinitionBody.Of(definition)) : Problems.NotFound("version");

    private static async Task<Results<Ok<ListPage<RuleWindowRow>>, ProblemHttpResult>> WindowsAsync(
        Guid id,
        WindowStatus? status,
        AttemptOutcome? outcome,
        LateVerdict? late,
        [AsParameters] Paging paging,
        RuleStore store,
        RuleQueries queries,
        CancellationToken cancellationToken)
    {
        if (await store.FindAsync(id, cancellationToken) is null)
        {
            return Problems.NotFound("rule");
        }

        var page = await queries.WindowsAsync(id, new RuleWindowFilter(status, outcome, Late: late), paging.Skip, paging.Size, cancellationToken);
        return TypedResults.Ok(paging.Page(page.Items, page.Total));
    }

    private static async Task<Ok<ListPage<RuleRun>>> RunsAsync(
        Guid? rule,
        AttemptOutcome? outcome,
        DateTimeOffset? from,
        DateTimeOffset? to,
        [AsParameters] Paging paging,
        RuleQueries queries,
        CancellationToken cancellationToken)
    {
        var page = await queries.RunsAsync(new RuleRunFilter(rule, null, outcome, from?.UtcDateTime, to?.UtcDateTime), paging.Skip, paging.Size, cancellationToken);
        return TypedResults.Ok(paging.Page(page.Items, page.Total));
    }
}
