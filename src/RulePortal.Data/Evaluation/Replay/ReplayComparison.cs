using System.Globalization;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Evaluation.Replay;

/// <summary>Holds the result rows of today against those that are kept: by their group-by values, then value by value.</summary>
internal sealed class ReplayComparison
{
    private readonly List<ReplayDifference> differences = [];

    /// <summary>The first of what differs.</summary>
    public IReadOnlyList<ReplayDifference> Differences => differences;

    public int DifferenceCount { get; private set; }

    public int Rows { get; private set; }

    public int Values { get; private set; }

    public int Measures { get; private set; }

    /// <summary>Whether evidence could not be compared, because the records go back to another row today.</summary>
    public bool IsEvidenceLeftOut { get; private set; }

    /// <summary>Whether evidence differs, such as when something was first seen.</summary>
    public bool IsEvidenceOther { get; private set; }

    /// <summary>Compares a number of the evaluation as a whole; one that was not written down then is left out.</summary>
    public void Number(string name, int? then, int now)
    {
        if (then is { } was)
        {
            Measures++;
            Same([], ReplayDifferenceKind.Run, name, Text(was), Text(now));
        }
    }

    /// <summary>Notes something else of the evaluation as a whole.</summary>
    public void Outcome(string then, string now) => Note(new ReplayDifference(ReplayDifferenceKind.Run, [], "Outcome", then, now));

    /// <summary>Compares rows.</summary>
    /// <param name="then">Those kept.</param>
    /// <param name="now">Those of today.</param>
    /// <param name="isCut">Whether not all of then are kept: what is not kept must not be called new.</param>
    public void Compare(IReadOnlyList<KeptRow> then, IReadOnlyList<KeptRow> now, bool isCut)
    {
        var left = now.GroupBy(row => row.GroupKey, StringComparer.Ordinal).ToDictionary(rows => rows.Key, rows => new Queue<KeptRow>(rows), StringComparer.Ordinal);
        foreach (var row in then)
        {
            if (left.TryGetValue(row.GroupKey, out var same) && same.TryDequeue(out var again))
            {
                Rows++;
                Compare(row, again);
            }
            else
            {
                Note(new ReplayDifference(ReplayDifferenceKind.RowOnlyThen, row.Columns, "Result row", "found", null));
            }
        }

        foreach (var row in isCut ? [] : now.Where(row => left[row.GroupKey].Contains(row, ReferenceEqualityComparer.Instance)))
        {
            Note(new ReplayDifference(ReplayDifferenceKind.RowOnlyNow, row.Columns, "Result row", null, "found"));
        }
    }

    private void Compare(KeptRow then, KeptRow now)
    {
        foreach (var name in then.Columns.Concat(now.Columns).Select(column => column.Name).Distinct(StringComparer.Ordinal))
        {
            Values++;
            Same(then.Columns, ReplayDifferenceKind.RowValue, name, Text(then.Columns, name), Text(now.Columns, name));
        }

        foreach (var measure in then.Explanation.Measures.Concat(now.Explanation.Measures).DistinctBy(measure => measure.Key, StringComparer.Ordinal))
        {
            Measures++;
            Same(then.Columns, ReplayDifferenceKind.RowValue, measure.Label, Text(then.Explanation, measure.Key), Text(now.Explanation, measure.Key));
        }

        Compare(then.Columns, then.Explanation.Evidence, now.Explanation.Evidence);
    }

    private void Compare(IReadOnlyList<ResultColumn> row, IReadOnlyList<Evidence> then, IReadOnlyList<Evidence> now)
    {
        var facts = Facts(then);
        var today = Facts(now);
        if (facts.GetValueOrDefault(EvidenceFacts.Oldest) != today.GetValueOrDefault(EvidenceFacts.Oldest))
        {
            IsEvidenceLeftOut = true;
            return;
        }

        foreach (var label in facts.Keys.Union(today.Keys, StringComparer.Ordinal).Where(label => label != EvidenceFacts.Oldest))
        {
            Measures++;
            var (before, after) = (facts.GetValueOrDefault(label), today.GetValueOrDefault(label));
            IsEvidenceOther |= before != after;
            Same(row, ReplayDifferenceKind.RowValue, label, before, after);
        }
    }

    private static Dictionary<string, string> Facts(IReadOnlyList<Evidence> evidence)
    {
        var facts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var each in evidence)
        {
            switch (each)
            {
                case EvidenceFacts named:
                    foreach (var fact in named.Facts)
                    {
                        facts[fact.Label] = fact.InstantUtc is { } instant ? Text(instant) : fact.Text ?? "missing";
                    }

                    break;
                case EvidenceGrid grid:
                    facts[grid.Title] = string.Join('\n', grid.Rows.Select(row => string.Join('\t', row)));
                    break;
                case EvidenceSeries series:
                    facts[series.Title] = string.Join(' ', series.Values);
                    break;
                default:
                    throw new NotSupportedException($"There is no comparison of {each.GetType().Name}.");
            }
        }

        return facts;
    }

    private void Same(IReadOnlyList<ResultColumn> row, ReplayDifferenceKind kind, string name, string? then, string? now)
    {
        if (!string.Equals(then, now, StringComparison.Ordinal))
        {
            Note(new ReplayDifference(kind, row, name, then, now));
        }
    }

    private void Note(ReplayDifference difference)
    {
        DifferenceCount++;
        if (differences.Count < ReplayedAttempt.MostDifferences)
        {
            differences.Add(difference);
        }
    }

    private static string? Text(IReadOnlyList<ResultColumn> columns, string name) =>
        columns.FirstOrDefault(column => string.Equals(column.Name, name, StringComparison.Ordinal)) is { Name: not null } found ? Text(found.Value) : null;

    private static string? Text(Explanation explanation, string key) =>
        explanation.Measures.FirstOrDefault(measure => string.Equals(measure.Key, key, StringComparison.Ordinal)) is { } found
            ? $"{(found.IsAtLeast ? "at least " : "")}{Text(found.Value)}, limit {Text(found.Limit)}"
            : null;

    private static string Text(object? value) => value switch
    {
        null => "missing",
        DateTime instant => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

/// <summary>One thing that differs.</summary>
/// <param name="Kind">In what.</param>
/// <param name="Row">The result row's columns, as they were where it was there then; empty for the evaluation as a whole.</param>
/// <param name="Name">What is compared: a column, or a measure in words.</param>
/// <param name="Then">Its value when the alert was raised; null where there was none.</param>
/// <param name="Now">Its value today; null where there is none.</param>
public sealed record ReplayDifference(ReplayDifferenceKind Kind, IReadOnlyList<ResultColumn> Row, string Name, string? Then, string? Now);

/// <summary>In what a replay differs.</summary>
public enum ReplayDifferenceKind
{
    /// <summary>A result row that is not found again.</summary>
    RowOnlyThen = 0,

    /// <summary>A result row that was not found then.</summary>
    RowOnlyNow = 1,

    /// <summary>A value of a row that is there both times.</summary>
    RowValue = 2,

    /// <summary>A number of the evaluation as a whole.</summary>
    Run = 3,
}

/// <summary>How much a replay compared.</summary>
/// <param name="RowsThen">Result rows that the evaluation gave the alert.</param>
/// <param name="RowsKept">Those kept as evidence.</param>
/// <param name="RowsNow">Result rows that it gives today.</param>
/// <param name="Rows">Rows compared with each other.</param>
/// <param name="Values">Values of their columns compared.</param>
/// <param name="Measures">Numbers of their explanations, and of the evaluation as a whole, compared.</param>
public sealed record ReplayCounts(int RowsThen, int RowsKept, int RowsNow, int Rows, int Values, int Measures);
