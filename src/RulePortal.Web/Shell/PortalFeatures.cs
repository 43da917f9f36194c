using RulePortal.Web.Features.Administration;
using RulePortal.Web.Features.Administration.Auditing;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Features.Alerts.Replay;
using RulePortal.Web.Features.Connections;
using RulePortal.Web.Features.Demo;
using RulePortal.Web.Features.Health;
using RulePortal.Web.Features.Maintenance;
using RulePortal.Web.Features.Overview;
using RulePortal.Web.Features.RuleRuns;
using RulePortal.Web.Features.Rules;
using RulePortal.Web.Features.Tuning;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Security;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Shell;

/// <summary>The features, listed once: each has an <c>AddXFeature</c> for its services, a <c>MapXEndpoints</c> for its part of the API, and perhaps verbs.</summary>
internal static class PortalFeatures
{
    /// <summary>Verbs of the command line; each makes its own <see cref="System.CommandLine.Command"/>.</summary>
    public static IReadOnlyList<ICommandLineVerb> Verbs { get; } = [new AlertsVerb(), new ApiKeyVerb(), new AuditVerb(), new BackupVerb(), new BatchesVerb(), new DoctorVerb(), new HealthCheckVerb(), new ImportVerb(), new MigrateVerb(), new RestoreVerb(), new RetentionVerb()];

    /// <summary>Services of the features, the same for the web application and for verbs; hosted services run in the web application only.</summary>
    public static IServiceCollection AddFeatures(this IServiceCollection services) => services
        .AddConnectionsFeature()
        .AddDemoFeature()
        .AddRuleRunsFeature()
        .AddAlertsFeature()
        .AddRulesFeature()
        .AddTuningFeature()
        .AddOverviewFeature()
        .AddHealthFeature()
        .AddAdministrationFeature()
        .AddMaintenanceFeature();

    /// <summary>Endpoints of the features: API endpoints on <paramref name="api"/>, anything else on <paramref name="app"/>. Each demands a policy.</summary>
    public static void MapFeatures(this WebApplication app, RouteGroupBuilder api)
    {
        api.MapConnectionsEndpoints();
        app.MapAlertsEndpoints(api);
        app.MapRuleRunsEndpoints(api);
        api.MapRulesEndpoints();
        api.MapTuningEndpoints();
        app.MapAdministrationEndpoints(api);
        MaintenanceFeature.MapMaintenanceEndpoints(api);
    }
}
