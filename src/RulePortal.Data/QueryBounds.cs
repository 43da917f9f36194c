using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;

namespace RulePortal.Data;

/// <summary>Says of a query that takes no number of rows what else bounds it; the words go into its SQL. A test refuses a query that has neither.</summary>
internal static class QueryBounds
{
    /// <summary>How such words begin.</summary>
    public const string Tag = "Bounded: ";

    /// <summary>Names what bounds the rows of a query.</summary>
    /// <param name="query">The query.</param>
    /// <param name="what">Such as "one row a rule".</param>
    public static IQueryable<T> BoundedBy<T>(this IQueryable<T> query, string what) => query.TagWith(Tag + what);

    /// <summary>Reads a query one row at a time, so that memory bounds nothing.</summary>
    public static ConfiguredCancelableAsyncEnumerable<T> Streamed<T>(this IQueryable<T> query, CancellationToken cancellationToken) =>
        query.BoundedBy("read one row at a time").AsAsyncEnumerable().WithCancellation(cancellationToken);
}
