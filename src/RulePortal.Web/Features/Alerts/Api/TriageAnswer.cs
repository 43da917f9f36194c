using System.ComponentModel;
using RulePortal.Data.Alerts.Triage;

namespace RulePortal.Web.Features.Alerts;

[Description("What a change did.")]
internal sealed record TriageAnswer(
    long Id,
    [property: Description("The alert's version now.")] int Version,
    [property: Description("Changed, or Unchanged when it was so already.")] TriageOutcome Outcome);
