using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using RulePortal.Data;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary><c>/api/v1/rules/{id}/backfills</c> and <c>/gaps</c>: windows that were missed, and filling a span by hand.</summary>
internal static class BackfillEndpoints
{
    private static readonly string[] InstantFormats = ["yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd"];

    public static void Map(RouteGroupBuilder api)
    {
        api.MapPost("/rules/{id:guid}/backfills", StartAsync)
            .RequireAuthorization(Policies.CanContribute)
            .WithName("BackfillRule")
            .WithSummary("Makes the windows between 'from' and 'to' due that the rule never had, skipped or gave up; with 'preview' says how many that would be and writes nothing. At most 2,000 windows.");
        api.MapGet("/rules/{id:guid}/gaps", GapsAsync)
            .RequireAuthorization(Policies.CanView)
            .WithName("ListGaps")
            .WithSummary("Spans of windows that were not evaluated when they came due, the last noticed first, with how far they are filled");
    }

    private static async Task<Results<Ok<BackfillResult>, ProblemHttpResult>> StartAsync(
        Guid id, BackfillBody body, WindowBackfill backfill, IOptions<SchedulingSettings> options, ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (Instant(body.From) is not { } from || Instant(body.To) is not { } to)
        {
            return Invalid("Give both 'from' and 'to' as ISO 8601 instants, such as \"2026-01-31T00:00:00Z\"; without an offset they are UTC.");
        }

        var span = new BackfillSpan(from, to, options.Value.IngestionDelay);
        var result = body.Preview ? await backfill.PreviewAsync(id, span, cancellationToken) : await backfill.StartAsync(id, span, user.ToActor(), cancellationToken);
        return result.Outcome switch
        {
            BackfillOutcome.NotFound => Problems.NotFound("rule"),
            BackfillOutcome.Disabled => Problems.Conflict("The rule is disabled, so nothing would evaluate the windows. Enable it first."),
            BackfillOutcome.Invalid => Invalid(result.Fault!),
            _ => TypedResults.Ok(result),
        };
    }

    private static DateTime? Instant(string? text) =>
        DateTime.TryParseExact(text, InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    private static ProblemHttpResult Invalid(string message) => Problems.Invalid("The span is not understood.", [new QueryFault("from", message)]);

    private static async Task<Results<Ok<ListPage<RuleGapRow>>, ProblemHttpResult>> GapsAsync(Guid id, [AsParameters] Paging paging, RuleStore rules, GapQueries gaps, CancellationToken cancellationToken)
    {
        if (await rules.FindAsync(id, cancellationToken) is null)
        {
            return Problems.NotFound("rule");
        }

        var page = await gaps.ListAsync(id, paging.Skip, paging.Size, cancellationToken);
        return TypedResults.Ok(paging.Page(page.Items, page.Total));
    }

    /// <param name="From">Begin of the span.</param>
    /// <param name="To">Its end.</param>
    /// <param name="Preview">Whether only to say what it comes to.</param>
    internal sealed record BackfillBody(string? From, string? To, bool Preview = false);
}
