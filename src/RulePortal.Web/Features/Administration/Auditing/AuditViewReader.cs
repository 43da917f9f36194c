using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>Reads an <see cref="AuditView"/> from a query string, gathering what is not understood instead of stopping at it.</summary>
internal static class AuditViewReader
{
    private const int MostActors = 50;

    /// <summary>The view, and every value that was left out of it for being no value.</summary>
    public static (AuditView View, IReadOnlyList<QueryFault> Faults) Read(IQueryCollection parameters)
    {
        var query = new QueryReader(parameters);
        var view = new AuditView
        {
            Since = query.Since(),
            FromUtc = query.Instant("from"),
            ToUtc = query.Instant("to"),
            Actors = Actors(query),
            Actions = Actions(query),
            Outcomes = query.Names<AuditOutcome>("outcome"),
            Text = query.Text("text", AuditFilter.MaxTextLength),
            Page = query.Number("page", 1, 1, 1_000_000),
        };
        return (view, query.Faults);
    }

    /// <inheritdoc cref="Read(IQueryCollection)"/>
    public static (AuditView View, IReadOnlyList<QueryFault> Faults) Read(Uri address) => Read(new QueryCollection(QueryHelpers.ParseQuery(address.Query)));

    private static List<string> Actors(QueryReader query)
    {
        List<string> actors = [.. query.Values("actor").Distinct(StringComparer.Ordinal)];
        if (actors.Count <= MostActors && actors.TrueForAll(actor => actor.Length <= 200))
        {
            return actors;
        }

        query.Fault("actor", $"At most {MostActors} ids of at most 200 characters each.");
        return [];
    }

    private static IReadOnlyList<string> Actions(QueryReader query)
    {
        var actions = new List<string>();
        foreach (var text in query.Values("action"))
        {
            if (AuditActions.All.Contains(text, StringComparer.Ordinal))
            {
                actions.Add(text);
            }
            else
            {
                query.Fault("action", $"'{text}' is none of {string.Join(", ", AuditActions.All)}.");
            }
        }

        return [.. actions.Distinct(StringComparer.Ordinal)];
    }
}
