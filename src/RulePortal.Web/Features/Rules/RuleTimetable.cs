using Microsoft.Extensions.Options;
using RulePortal.Data.Rules;
using RulePortal.Detection.Scheduling;
using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Features.Rules;

/// <summary>When a rule's next window is evaluated.</summary>
internal sealed class RuleTimetable(IOptions<SchedulingSettings> settings)
{
    /// <summary>How long after its end a window is evaluated.</summary>
    public TimeSpan Delay => settings.Value.IngestionDelay;

    /// <summary>The instant at which the first window not yet in the ledger comes due, or null for a disabled rule; in the past when the scheduler lags.</summary>
    public DateTime? NextRunUtc(RuleSnapshot rule) =>
        !rule.Enabled ? null : new WindowPlan
        {
            Schedule = new QuerySchedule(rule.Definition.QueryFrequency),
            EvaluateFromUtc = rule.EvaluateFromUtc,
            LastEndUtc = rule.PlannedToUtc,
            IngestionDelay = Delay,
        }.NextDueUtc;
}
