namespace RulePortal.Web.Kit.Api;

/// <summary>The answer of every list.</summary>
/// <param name="Items">The items of this page.</param>
/// <param name="Total">How many the filters let through, on all pages.</param>
/// <param name="Next">Path and query of the next page, or null on the last.</param>
internal sealed record ListPage<T>(IReadOnlyList<T> Items, long Total, string? Next);
