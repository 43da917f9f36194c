using System.ComponentModel;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;

namespace RulePortal.Web.Features.Alerts;

[Description("Something that happened to an alert.")]
internal sealed record ActivityAnswer
{
    public ActivityAnswer(ActivityItem activity)
    {
        At = activity.AtUtc;
        By = new OwnerAnswer(activity.ActorId, activity.ActorName);
        Kind = activity.Kind;
        From = activity.From;
        To = activity.To;
        Comment = activity.Comment;
    }

    public DateTime At { get; }

    public OwnerAnswer By { get; }

    public ActivityKind Kind { get; }

    public string? From { get; }

    public string? To { get; }

    public string? Comment { get; }
}
