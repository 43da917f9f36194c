using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit.Api;
using static RulePortal.Web.Kit.Api.QueryDescription;

namespace RulePortal.Web.Features.Alerts;

/// <summary>The filters of the list, as the API's document tells them.</summary>
internal static class AlertListParameters
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation
            .Takes("tactic", "Alerts having any of these tactics.", Names<AttackTactic>())
            .Takes("severity", "Alerts of any of these severities.", Names<Severity>())
            .Takes("status", "Alerts in any of these statuses.", Names<AlertStatus>())
            .Takes("rule", "Alerts of any of these rules, by id.", Many(Text("uuid")))
            .Takes("owner", "'me', 'none', or an owner's id.", Text())
            .Takes("since", "Raised within this long before now, such as PT24H or P7D; 'from' and 'to' then do not count.", Text())
            .Takes("from", "Raised at or after this instant.", Text("date-time"))
            .Takes("to", "Raised before this instant.", Text("date-time"))
            .Takes("entity", $"About exactly this: a type ({string.Join(", ", Enum.GetNames<EntityType>())}), a colon and a value, such as Country:Chad.", Text())
            .Takes("text", $"Contained in the title or in an entity, in any case; at most {AlertFilter.MaxTextLength} characters.", Text());
        return Task.CompletedTask;
    }
}
