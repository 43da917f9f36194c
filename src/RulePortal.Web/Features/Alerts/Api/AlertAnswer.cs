using System.ComponentModel;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Alerts;

[Description("An alert as a list shows it. Instants are UTC.")]
internal record AlertAnswer
{
    public AlertAnswer(AlertItem alert)
    {
        Id = alert.Id;
        Version = alert.Version;
        Title = alert.Title;
        Severity = alert.Severity;
        Status = alert.Status;
        Classification = alert.Classification;
        ClassificationReason = alert.ClassificationReason;
        Owner = alert.OwnerId is null ? null : new OwnerAnswer(alert.OwnerId, alert.OwnerName!);
        RuleId = alert.RuleId;
        RuleName = alert.RuleName;
        RuleVersion = alert.RuleVersion;
        WindowStart = alert.WindowStartUtc;
        WindowEnd = alert.WindowEndUtc;
        Raised = alert.RaisedUtc;
        Changed = alert.ChangedUtc;
        ResultCount = alert.ResultCount;
        Tactics = alert.Tactics;
        EntityGroups = alert.Entities;
        Pin = alert.Pin is { } pin ? new PinAnswer(pin.Kind, pin.PinnedUtc, pin.ActorName, pin.Note) : null;
    }

    public long Id { get; }

    [Description("What a change of the alert must name: as If-Match header or as 'version' in the body.")]
    public int Version { get; }

    public string Title { get; }

    public Severity Severity { get; }

    public AlertStatus Status { get; }

    public Classification? Classification { get; }

    public ClassificationReason? ClassificationReason { get; }

    public OwnerAnswer? Owner { get; }

    public Guid RuleId { get; }

    public string RuleName { get; }

    public int RuleVersion { get; }

    public DateTime WindowStart { get; }

    public DateTime WindowEnd { get; }

    public DateTime Raised { get; }

    public DateTime Changed { get; }

    [Description("Result rows of the window that raised the alert.")]
    public int ResultCount { get; }

    public IReadOnlyList<AttackTactic> Tactics { get; }

    [Description("What the alert is about, by type: the first five values and how many there are.")]
    public IReadOnlyList<EntityGroup> EntityGroups { get; }

    [Description("What later versions of the rule must do about it, or null.")]
    public PinAnswer? Pin { get; }
}

internal sealed record OwnerAnswer(string Id, string Name);
