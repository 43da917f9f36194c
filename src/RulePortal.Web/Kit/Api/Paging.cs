using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using RulePortal.Data;

namespace RulePortal.Web.Kit.Api;

/// <summary>The part of a list's query string that says which page: bind it with <c>[AsParameters]</c>.</summary>
/// <param name="Request">The request, for the address of the next page.</param>
/// <param name="Limit">Items a page, 1 to 200; 50 when not given, 200 when more is asked.</param>
/// <param name="Offset">Items before the page; 0 when not given.</param>
internal readonly record struct Paging(HttpRequest Request, [FromQuery(Name = "limit")] int? Limit, [FromQuery(Name = "offset")] int? Offset)
{
    private const int DefaultSize = 50;
    private const int LargestSize = 200;

    public int Size => Math.Clamp(Limit ?? DefaultSize, 1, LargestSize);

    public int Skip => Math.Max(0, Offset ?? 0);

    /// <summary>The page with its <c>next</c> by offset.</summary>
    public ListPage<T> Page<T>(IReadOnlyList<T> items, long total)
    {
        var end = Skip + items.Count;
        return new ListPage<T>(items, total, items.Count > 0 && end < total ? Next("offset", end.ToString(CultureInfo.InvariantCulture)) : null);
    }

    /// <summary>This request's path and query with one value replaced: for lists that page by key instead.</summary>
    public string Next(string key, string value)
    {
        var query = new QueryBuilder(Request.Query.Where(p => !string.Equals(p.Key, key, StringComparison.OrdinalIgnoreCase))) { { key, value } };
        return Request.PathBase + Request.Path + query.ToString();
    }
}

/// <summary>The answer of every list.</summary>
/// <param name="Items">The items of this page.</param>
/// <param name="Total">How many the filters let through, on all pages.</param>
/// <param name="Next">Path and query of the next page, or null on the last.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, long Total, string? Next);
