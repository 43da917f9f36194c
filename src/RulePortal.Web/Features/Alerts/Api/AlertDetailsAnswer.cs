using System.ComponentModel;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;

namespace RulePortal.Web.Features.Alerts;

[Description("One alert with all but its evidence. Instants are UTC.")]
internal sealed record AlertDetailsAnswer : AlertAnswer
{
    public AlertDetailsAnswer(AlertDetails details)
        : base(details.Alert)
    {
        Summary = details.Summary;
        Trigger = details.TriggerText;
        BaselineDays = details.BaselineDays;
        LookbackDays = details.LookbackDays;
        Closed = details.ClosedUtc;
        Techniques = details.Techniques;
        Entities = details.Entities;
        Occurrences = [.. details.Occurrences.Select(occurrence => new OccurrenceAnswer(occurrence.RuleVersion, occurrence.WindowStartUtc, occurrence.WindowEndUtc, occurrence.TotalRows, occurrence.StoredRows))];
        Activities = [.. details.Activities.Select(activity => new ActivityAnswer(activity))];
    }

    [Description("What happened, in one sentence with its numbers.")]
    public string Summary { get; }

    [Description("The trigger in words, such as 'more than 5'.")]
    public string Trigger { get; }

    [Description("Days of the lookback that had rows.")]
    public int BaselineDays { get; }

    public int LookbackDays { get; }

    public DateTime? Closed { get; }

    public IReadOnlyList<string> Techniques { get; }

    public IReadOnlyList<FindingEntity> Entities { get; }

    [Description("What was found, newest window first.")]
    public IReadOnlyList<OccurrenceAnswer> Occurrences { get; }

    [Description("What happened to the alert, oldest first.")]
    public IReadOnlyList<ActivityAnswer> Activities { get; }
}
