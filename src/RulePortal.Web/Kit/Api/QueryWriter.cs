using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;

namespace RulePortal.Web.Kit.Api;

/// <summary>Writes a query string as <see cref="QueryReader"/> reads it; what is empty is left out.</summary>
internal sealed class QueryWriter
{
    private readonly QueryBuilder query = [];

    public bool IsEmpty => !query.Any();

    public QueryWriter Add(string key, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            query.Add(key, value);
        }

        return this;
    }

    public QueryWriter Add(string key, DateTime? instant) => Add(key, instant?.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));

    public QueryWriter AddAll<T>(string key, IEnumerable<T> values)
    {
        foreach (var value in values)
        {
            Add(key, value?.ToString());
        }

        return this;
    }

    /// <summary>Beginning with a question mark, or nothing.</summary>
    public override string ToString() => query.ToString();
}
