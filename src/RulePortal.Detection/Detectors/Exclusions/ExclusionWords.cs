using static RulePortal.Detection.Wording.Words;
namespace RulePortal.Detection.Detectors.Exclusions;

/// <summary>Says in a finding's explanation which rows were not counted.</summary>
public static class ExclusionWords
{
    private const int Named = 3;

    /// <summary>The findings, each with a sentence more when rows of its subject were excluded.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="excluded">What was excluded from that evaluation.</param>
    public static IReadOnlyList<Finding> Explain(IReadOnlyList<Finding> findings, IReadOnlyList<ExcludedRows> excluded)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(excluded);
        if (excluded.Count == 0)
        {
            return findings;
        }

        var bySubject = excluded.GroupBy(each => each.Exclusion.Subject).ToDictionary(subject => subject.Key, subject => Sentence([.. subject]));
        return
        [
            .. findings.Select(finding => bySubject.GetValueOrDefault(finding.Subject) is { } sentence
                ? finding with { Explanation = finding.Explanation with { Branch = $"{finding.Explanation.Branch} {sentence}" } }
                : finding),
        ];
    }

    /// <summary>What was excluded, such as "3 rows of alert #12 are not counted."</summary>
    public static string Sentence(IReadOnlyList<ExcludedRows> excluded)
    {
        ArgumentNullException.ThrowIfNull(excluded);
        var rows = excluded.Sum(each => (long)each.Rows);
        var count = $"{(excluded.Any(each => each.Rows == ExcludedRows.MostCounted) ? "At least " : "")}{Count(rows, "row")}";
        List<long> alerts = [.. excluded.Select(each => each.Exclusion.AlertId).Distinct().Order()];
        var names = string.Join(", ", alerts.Take(Named).Select(alert => $"#{alert}"));
        var which = alerts.Count == 1 ? $"alert {names}" : $"{Number(alerts.Count)} alerts ({names}{(alerts.Count > Named ? " and more" : "")})";
        return $"{count} of {which} {(rows == 1 ? "is" : "are")} not counted.";
    }
}
