using System.Diagnostics;
using System.Linq.Expressions;
using Microsoft.EntityFrameworkCore.Diagnostics;
using RulePortal.Data;

namespace RulePortal.TestSupport;

/// <summary>Refuses every query of the product whose rows nothing bounds: neither a number to take, nor words that name a bound. What tests ask themselves is let through.</summary>
public sealed class BoundedQueries : IQueryExpressionInterceptor
{
    public static BoundedQueries Instance { get; } = new();

    public Expression QueryCompilationStarting(Expression queryExpression, QueryExpressionEventData eventData)
    {
        if (typeof(IQueryable).IsAssignableFrom(queryExpression.Type) && !IsBounded(queryExpression) && IsOfTheProduct())
        {
            throw new InvalidOperationException($"Nothing bounds the rows of this query; take a number of them, or name the bound (QueryBounds.BoundedBy): {queryExpression}");
        }

        return queryExpression;
    }

    /// <summary>Down the chain of operators that keep the number of rows or lower it.</summary>
    private static bool IsBounded(Expression expression) => expression is MethodCallExpression call && call.Method.Name switch
    {
        "Take" => true,
        "TagWith" when Value(call.Arguments[1]) is string tag && tag.StartsWith("Bounded: ", StringComparison.Ordinal) => true,
        "SelectMany" => false,
        _ => call.Arguments.Count > 0 && IsBounded(call.Arguments[0]),
    };

    private static object? Value(Expression expression) => expression is ConstantExpression constant ? constant.Value : Expression.Lambda(expression).Compile().DynamicInvoke();

    /// <summary>A query is compiled below the method that asks it: the nearest one of ours.</summary>
    private static bool IsOfTheProduct() => new StackTrace().GetFrames()
        .Select(frame => frame.GetMethod()?.DeclaringType)
        .Where(type => type?.FullName?.StartsWith(typeof(BoundedQueries).FullName!, StringComparison.Ordinal) == false)
        .Select(type => type!.Assembly.GetName().Name!)
        .First(name => name.StartsWith("RulePortal.", StringComparison.Ordinal)) is var asking && !asking.EndsWith("Tests", StringComparison.Ordinal);
}
