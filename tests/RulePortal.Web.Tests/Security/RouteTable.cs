using RulePortal.Web.Security;

namespace RulePortal.Web.Tests.Security;

/// <summary>
/// Who may go where: one row for every page and endpoint, and the policy it demands. A new page or endpoint needs a row here, written as
/// <c>PAGE /pattern</c> or <c>METHOD /pattern</c> (ANY when the endpoint takes every method).
/// </summary>
internal static class RouteTable
{
    /// <summary>Open to everybody.</summary>
    public const string Anybody = nameof(Anybody);

    public static IReadOnlyDictionary<string, string> Rows { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        // signing in and being refused
        ["PAGE /signin"] = Anybody,
        ["PAGE /denied"] = Anybody,
        ["PAGE /error"] = Anybody,
        ["PAGE /status/{code:int}"] = Anybody,
        ["POST /signin/development"] = Anybody,
        ["POST /signout"] = Policies.SignedIn,

        // pages
        ["PAGE /"] = Policies.CanView,
        ["PAGE /connections"] = Policies.CanView,
        ["PAGE /health-page"] = Policies.CanView,
        ["PAGE /not-found"] = Policies.CanView,
        ["PAGE /rules"] = Policies.CanView,
        ["PAGE /rules/{Id:guid}"] = Policies.CanView,

        ["PAGE /tuning"] = Policies.CanView,
        ["PAGE /tuning/{Id:guid}"] = Policies.CanView,
        ["PAGE /alerts"] = Policies.CanView,
        ["PAGE /alerts/{Id:long}"] = Policies.CanView,
        ["PAGE /administration"] = Policies.CanAdminister,
        ["PAGE /administration/people"] = Policies.CanAdminister,
        ["PAGE /administration/retention"] = Policies.CanAdminister,
        ["PAGE /administration/settings"] = Policies.CanAdminister,
        ["PAGE /administration/audit"] = Policies.CanAdminister,
        ["GET /administration/audit.csv"] = Policies.CanAdminister,
        ["GET /administration/audit.ndjson"] = Policies.CanAdminister,
        ["GET /alerts.csv"] = Policies.CanView,
        ["GET /alerts/{id:long}/evidence.csv"] = Policies.CanView,

        // API
        ["GET /api/v1/alerts/"] = Policies.CanView,
        ["GET /api/v1/alerts/{id:long}"] = Policies.CanView,
        ["GET /api/v1/alerts/{id:long}/baseline"] = Policies.CanView,
        ["GET /api/v1/alerts/{id:long}/evidence"] = Policies.CanView,
        ["POST /api/v1/alerts/{id:long}/acknowledge"] = Policies.CanRespond,
        ["POST /api/v1/alerts/{id:long}/assign"] = Policies.CanRespond,
        ["POST /api/v1/alerts/{id:long}/close"] = Policies.CanRespond,
        ["POST /api/v1/alerts/{id:long}/reopen"] = Policies.CanRespond,
        ["POST /api/v1/alerts/{id:long}/comment"] = Policies.CanRespond,
        ["PUT /api/v1/alerts/{id:long}/pin"] = Policies.CanContribute,
        ["DELETE /api/v1/alerts/{id:long}/pin"] = Policies.CanContribute,
        ["POST /api/v1/alerts/{id:long}/replay"] = Policies.CanView,
        ["GET /api/v1/retention"] = Policies.CanAdminister,
        ["GET /api/v1/audit"] = Policies.CanAdminister,
        ["POST /api/v1/connections"] = Policies.CanIngest,
        ["GET /api/v1/connections/sources"] = Policies.CanView,
        ["PUT /api/v1/connections/sources"] = Policies.CanContribute,
        ["GET /api/v1/connections/batches"] = Policies.CanView,
        ["GET /api/v1/connections/batches/{seq:long}"] = Policies.CanView,
        ["DELETE /api/v1/connections/batches/{seq:long}"] = Policies.CanContribute,
        ["GET /api/v1/connections/batches/{seq:long}/rejected"] = Policies.CanView,
        ["GET /api/v1/rules/"] = Policies.CanView,
        ["GET /api/v1/rules/{id:guid}"] = Policies.CanView,
        ["PUT /api/v1/rules/{id:guid}"] = Policies.CanContribute,
        ["POST /api/v1/rules/{id:guid}/enable"] = Policies.CanContribute,
        ["POST /api/v1/rules/{id:guid}/disable"] = Policies.CanContribute,
        ["POST /api/v1/rules/{id:guid}/test"] = Policies.CanView,
        ["POST /api/v1/rules/{id:guid}/simulation"] = Policies.CanView,
        ["GET /api/v1/rules/{id:guid}/versions"] = Policies.CanView,
        ["GET /api/v1/rules/{id:guid}/versions/{number:int}"] = Policies.CanView,
        ["GET /api/v1/rules/{id:guid}/windows"] = Policies.CanView,
        ["GET /api/v1/rules/{id:guid}/pins"] = Policies.CanView,
        ["GET /api/v1/rules/{id:guid}/gaps"] = Policies.CanView,
        ["POST /api/v1/rules/{id:guid}/backfills"] = Policies.CanContribute,
        ["POST /api/v1/rules/{id:guid}/runs"] = Policies.CanContribute,
        ["POST /api/v1/rules/{id:guid}/windows/{window:long}/runs"] = Policies.CanContribute,
        ["POST /api/v1/rules/{id:guid}/windows/{window:long}/release"] = Policies.CanContribute,
        ["GET /api/v1/runs"] = Policies.CanView,
        ["GET /api/v1/runs/{run:long}/exclusions"] = Policies.CanView,

        // machinery
        ["ANY /jobs/{**path}"] = Policies.CanContribute,
        ["GET /openapi/{documentName}.json"] = Policies.SignedIn,
        ["ANY /metrics"] = Policies.CanScrape,
        ["ANY /health/live"] = Anybody,
        ["ANY /health/ready"] = Anybody,
        ["GET /_framework/opaque-redirect"] = Policies.CanView,
        ["ANY /_blazor"] = Policies.CanView,
        ["ANY /_blazor/negotiate"] = Policies.CanView,
        ["ANY /_blazor/disconnect/"] = Policies.CanView,
        ["ANY /_blazor/initializers/"] = Policies.CanView,
    };
}
