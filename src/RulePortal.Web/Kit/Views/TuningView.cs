using System.Globalization;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Kit.Views;

/// <summary>What the tuning page shows, as its address says it. Read by <see cref="TuningViewReader"/>.</summary>
public sealed record TuningView
{
    public const int DefaultDays = 30;

    /// <summary>A version to compare that is the edit in hand.</summary>
    public const string Edit = "edit";

    /// <summary>A version to compare that is the one in force.</summary>
    public const string Saved = "saved";

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

    /// <summary>The alert whose rows and entities are marked.</summary>
    public long? AlertId { get; init; }

    /// <summary>Thresholds up to this can be asked about.</summary>
    public int Highest { get; init; } = SimulationRequest.UsualHighestThreshold;

    /// <summary>The first of two versions compared: a number, <see cref="Edit"/> or <see cref="Saved"/>.</summary>
    public string? VersionA { get; init; }

    /// <summary>The second of them.</summary>
    public string? VersionB { get; init; }

    /// <summary>Part of a process, host, country or address that a compared alert has to have.</summary>
    public string? Find { get; init; }

    /// <summary>What a compared alert has to have turned out to be.</summary>
    public string? Label { get; init; }

    /// <summary>The address' query, beginning with a question mark, or nothing for the rule as it is saved.</summary>
    public string ToQuery()
    {
        var query = new QueryWriter()
            .Add("days", Days == DefaultDays ? null : Days.ToString(CultureInfo.InvariantCulture))
            .Add("to", ToUtc)
            .Add("highest", Highest == SimulationRequest.UsualHighestThreshold ? null : Highest.ToString(CultureInfo.InvariantCulture));
        foreach (var (key, value) in Values)
        {
            query.Add(key, value);
        }

        return query.Add("curve", Curve).Add("across", Across).Add("down", Down).Add("window", WindowUtc).Add("entity", Entity)
            .Add("alert", AlertId?.ToString(CultureInfo.InvariantCulture))
            .Add("a", VersionA).Add("b", VersionB).Add("find", Find).Add("label", Label)
            .ToString();
    }
}
