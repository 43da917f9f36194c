using RulePortal.Detection.Connections;
using RulePortal.Detection.Taxonomy;
using static RulePortal.Detection.Detectors.Words;

namespace RulePortal.Detection.Detectors;

/// <summary>Says in a finding's explanation which rows were not counted.</summary>
public static class KeptOutWords
{
    private const int Named = 3;

    /// <summary>The findings, each with a sentence more when rows of a country of it were kept out.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="kept">What was kept out of that evaluation.</param>
    public static IReadOnlyList<Finding> Explain(IReadOnlyList<Finding> findings, IReadOnlyList<KeptOutRows> kept)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(kept);
        if (kept.Count == 0)
        {
            return findings;
        }

        var byCountry = kept.GroupBy(each => each.Exclusion.Country, StringComparer.Ordinal).ToDictionary(country => country.Key, country => Sentence([.. country]), StringComparer.Ordinal);
        return
        [
            .. findings.Select(finding => finding.Entities.Where(entity => entity.Type is EntityType.Country).Select(entity => byCountry.GetValueOrDefault(entity.Value)).FirstOrDefault(sentence => sentence is not null) is { } sentence
                ? finding with { Explanation = finding.Explanation with { Branch = $"{finding.Explanation.Branch} {sentence}" } }
                : finding),
        ];
    }

    /// <summary>What was kept out, such as "3 rows of alert #12 are not counted."</summary>
    public static string Sentence(IReadOnlyList<KeptOutRows> kept)
    {
        ArgumentNullException.ThrowIfNull(kept);
        var rows = kept.Sum(each => (long)each.Rows);
        var count = $"{(kept.Any(each => each.Rows == KeptOutRows.MostCounted) ? "At least " : "")}{Count(rows, "row")}";
        List<long> alerts = [.. kept.Select(each => each.Exclusion.AlertId).Distinct().Order()];
        var names = string.Join(", ", alerts.Take(Named).Select(alert => $"#{alert}"));
        var which = alerts.Count == 1 ? $"alert {names}" : $"{Number(alerts.Count)} alerts ({names}{(alerts.Count > Named ? " and more" : "")})";
        return $"{count} of {which} {(rows == 1 ? "is" : "are")} not counted.";
    }
}
