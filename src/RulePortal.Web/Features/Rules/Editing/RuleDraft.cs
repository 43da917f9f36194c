using System.Text.Json;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.Rules.Editing;

/// <summary>A rule as somebody edits it: what is typed stays as typed, whether it can be read or not.</summary>
public sealed class RuleDraft
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\n', '\r'];

    private readonly RuleDefinition basis;

    public RuleDraft(RuleDefinition rule, Detector? detector)
    {
        basis = rule;
        Name = rule.Name;
        Description = rule.Description;
        Severity = rule.Severity;
        Tactics = [.. rule.Tactics];
        Techniques = string.Join(", ", rule.Techniques);
        QueryFrequency = new(rule.QueryFrequency);
        QueryPeriod = new(rule.QueryPeriod);
        TriggerOperator = rule.TriggerOperator;
        TriggerThreshold = rule.TriggerThreshold;
        EventGrouping = rule.EventGrouping;
        Suppression = new(rule.SuppressionDuration, mayBeEmpty: true);
        LearningPeriod = new(rule.LearningPeriod);
        HoldAbove = rule.HoldAbove;
        BaselineExcludesAlerts = rule.BaselineExcludesAlerts;
        var saved = JsonElement.Parse(rule.SettingsJson);
        Settings = [.. (detector?.Settings ?? []).Select(setting => SettingInput.Of(setting, saved.TryGetProperty(setting.Key, out var value) ? value : null))];
    }

    public string Name { get; set; }

    public string Description { get; set; }

    public Severity Severity { get; set; }

    public IReadOnlyList<AttackTactic> Tactics { get; set; }

    /// <summary>Ids, with commas or blanks between them.</summary>
    public string Techniques { get; set; }

    public DurationInput QueryFrequency { get; }

    public DurationInput QueryPeriod { get; }

    public TriggerOperator TriggerOperator { get; set; }

    /// <summary>Null while the field is empty.</summary>
    public int? TriggerThreshold { get; set; }

    public EventGrouping EventGrouping { get; set; }

    /// <summary>Empty for none.</summary>
    public DurationInput Suppression { get; }

    public DurationInput LearningPeriod { get; }

    /// <summary>Null for never: the field is empty.</summary>
    public int? HoldAbove { get; set; }

    public bool BaselineExcludesAlerts { get; set; }

    public IReadOnlyList<SettingInput> Settings { get; }

    public RuleReading Read(DetectorCatalog detectors)
    {
        var unreadable = new List<RuleError>();
        var rule = basis with
        {
            Name = Name.Trim(),
            Description = Description.Trim(),
            Severity = Severity,
            Tactics = Tactics,
            Techniques = Techniques.Split(Separators, StringSplitOptions.RemoveEmptyEntries),
            QueryFrequency = Read("queryFrequency", QueryFrequency, unreadable) ?? basis.QueryFrequency,
            QueryPeriod = Read("queryPeriod", QueryPeriod, unreadable) ?? basis.QueryPeriod,
            TriggerOperator = TriggerOperator,
            TriggerThreshold = TriggerThreshold ?? Missing(unreadable),
            EventGrouping = EventGrouping,
            SuppressionDuration = Read("suppressionDuration", Suppression, unreadable),
            LearningPeriod = Read("learningPeriod", LearningPeriod, unreadable) ?? basis.LearningPeriod,
            HoldAbove = HoldAbove,
            BaselineExcludesAlerts = BaselineExcludesAlerts,
            SettingsJson = ReadSettings(unreadable),
        };
        var fields = unreadable.Select(error => error.Field).ToHashSet(StringComparer.Ordinal);
        List<RuleError> errors = [.. unreadable, .. detectors.Check(rule, out var bound).Where(error => !fields.Contains(error.Field))];
        return new(bound?.Definition ?? rule, bound, [.. errors.OrderBy(error => RuleFields.Tab(error.Field))], unreadable.Count == 0);
    }

    private static TimeSpan? Read(string field, DurationInput input, List<RuleError> unreadable)
    {
        if (!input.TryRead(out var value, out var error))
        {
            unreadable.Add(new($"{field}.not-a-duration", field, $"{RuleFields.Label(field)} cannot be read. {error}"));
        }

        return value;
    }

    private int Missing(List<RuleError> unreadable)
    {
        unreadable.Add(new("threshold.missing", "triggerThreshold", "The trigger threshold must be a whole number of result rows."));
        return basis.TriggerThreshold;
    }

    private string ReadSettings(List<RuleError> unreadable)
    {
        if (Settings.Count == 0)
        {
            return basis.SettingsJson;
        }

        var pairs = Settings.Select(input =>
        {
            var value = input.ToJson(out var error);
            if (error is not null)
            {
                unreadable.Add(new($"{input.Setting.Field}.unreadable", input.Setting.Field, error));
            }

            return $"{JsonSerializer.Serialize(input.Setting.Key)}:{value}";
        });
        return $"{{{string.Join(',', pairs)}}}";
    }
}
