using System.Text.Json;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>Brings two edits of one version together, field by field.</summary>
internal static class RuleMerge
{
    /// <summary>What <paramref name="mine"/> says where it changed <paramref name="basis"/>, and elsewhere what <paramref name="theirs"/> says.</summary>
    public static RuleDefinition Merge(RuleDefinition basis, RuleDefinition theirs, RuleDefinition mine) => theirs with
    {
        Name = Pick(basis.Name, theirs.Name, mine.Name),
        Description = Pick(basis.Description, theirs.Description, mine.Description),
        Severity = Pick(basis.Severity, theirs.Severity, mine.Severity),
        Tactics = mine.Tactics.SequenceEqual(basis.Tactics) ? theirs.Tactics : mine.Tactics,
        Techniques = mine.Techniques.SequenceEqual(basis.Techniques, StringComparer.Ordinal) ? theirs.Techniques : mine.Techniques,
        SettingsJson = Settings(basis.SettingsJson, theirs.SettingsJson, mine.SettingsJson),
        QueryFrequency = Pick(basis.QueryFrequency, theirs.QueryFrequency, mine.QueryFrequency),
        QueryPeriod = Pick(basis.QueryPeriod, theirs.QueryPeriod, mine.QueryPeriod),
        TriggerOperator = Pick(basis.TriggerOperator, theirs.TriggerOperator, mine.TriggerOperator),
        TriggerThreshold = Pick(basis.TriggerThreshold, theirs.TriggerThreshold, mine.TriggerThreshold),
        EventGrouping = Pick(basis.EventGrouping, theirs.EventGrouping, mine.EventGrouping),
        SuppressionDuration = Pick(basis.SuppressionDuration, theirs.SuppressionDuration, mine.SuppressionDuration),
        BaselineExcludesAlerts = Pick(basis.BaselineExcludesAlerts, theirs.BaselineExcludesAlerts, mine.BaselineExcludesAlerts),
        HoldAbove = Pick(basis.HoldAbove, theirs.HoldAbove, mine.HoldAbove),
        LearningPeriod = Pick(basis.LearningPeriod, theirs.LearningPeriod, mine.LearningPeriod),
    };

    private static T Pick<T>(T basis, T theirs, T mine) => EqualityComparer<T>.Default.Equals(mine, basis) ? theirs : mine;

    private static string Settings(string basis, string theirs, string mine)
    {
        var before = Values(basis);
        var merged = Values(theirs);
        foreach (var (key, value) in Values(mine).Where(pair => !string.Equals(pair.Value, before.GetValueOrDefault(pair.Key), StringComparison.Ordinal)))
        {
            merged[key] = value;
        }

        return $"{{{string.Join(',', merged.Select(pair => $"{JsonSerializer.Serialize(pair.Key)}:{pair.Value}"))}}}";
    }

    private static OrderedDictionary<string, string> Values(string json) =>
        new(JsonElement.Parse(json).EnumerateObject().Select(property => KeyValuePair.Create(property.Name, property.Value.GetRawText())), StringComparer.Ordinal);
}
