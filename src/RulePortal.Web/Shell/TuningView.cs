using System.Globalization;
using RulePortal.Web.Api;

namespace RulePortal.Web.Shell;

/// <summary>What the tuning page shows, as its address says it. Read by <see cref="TuningViewReader"/>.</summary>
public sealed record TuningView
{
    public const int DefaultDays = 30;

    /// <summary>Lengths of a span offered.</summary>
    public static IReadOnlyList<int> Spans { get; } = [7, 14, DefaultDays, 60];

    /// <summary>Days of windows looked at.</summary>
    public int Days { get; init; } = DefaultDays;

    /// <summary>Where the span ends; null for now.</summary>
    public DateTime? ToUtc { get; init; }

    /// <summary>What is moved from where it is saved, by the key of what is moved, as text.</summary>
    public IReadOnlyDictionary<string, string> Values { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What the curve shows, by key.</summary>
    public string? Curve { get; init; }

    /// <summary>What the heat map shows from left to right, by key.</summary>
    public string? Across { get; init; }

    /// <summary>What the heat map shows from top to bottom, by key.</summary>
    public string? Down { get; init; }

    /// <summary>The window looked at, by its end.</summary>
    public DateTime? WindowUtc { get; init; }

    /// <summary>Part of a process, host, country or address that is asked about in that window.</summary>
    public string? Entity { get; init; }

    /// <summary>The address' query, beginning with a question mark, or nothing for the rule as it is saved.</summary>
    public string ToQuery()
    {
        var query = new QueryWriter()
            .Add("days", Days == DefaultDays ? null : Days.ToString(CultureInfo.InvariantCulture))
            .Add("to", ToUtc);
        foreach (var (key, value) in Values)
        {
            query.Add(key, value);
        }

        return query.Add("curve", Curve).Add("across", Across).Add("down", Down).Add("window", WindowUtc).Add("entity", Entity).ToString();
    }
}
