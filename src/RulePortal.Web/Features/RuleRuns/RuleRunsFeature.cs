using Hangfire;
using Hangfire.Dashboard;
using Microsoft.Extensions.Options;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Ledger;
using RulePortal.Data.Ledger.Gaps;
using RulePortal.Data.Ledger.Holds;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Evaluation of rules: the ledger's services, Hangfire as clock and worker pool, its dashboard, and "run now".</summary>
internal static class RuleRunsFeature
{
    public static IServiceCollection AddRuleRunsFeature(this IServiceCollection services)
    {
        services.AddPortalSettings<SchedulingSettings>();
        services.AddSingleton(DetectorCatalog.Shipped);
        services.AddSingleton<RulePins>();
        services.AddSingleton<RuleStore>();
        services.AddSingleton<WindowLedger>();
        services.AddSingleton<AttemptRecorder>();
        services.AddSingleton<LateWindows>();
        services.AddSingleton<HistoryLimit>();
        services.AddSingleton<WindowBackfill>();
        services.AddSingleton<RuleHolds>();
        services.AddSingleton<HoldService>();
        services.AddSingleton<GapQueries>();
        services.AddSingleton(provider => new EvaluationLimits(provider.GetRequiredService<IOptions<SchedulingSettings>>().Value.MaxResultRows));
        services.AddEvaluation();
        services.AddSingleton<RuleRunner>();
        services.AddSingleton<RunNowService>();
        services.AddSingleton<IStoreSeed, ShippedRulesSeed>();
        services.AddHangfire((provider, configuration) =>
        {
            configuration.SetDataCompatibilityLevel(CompatibilityLevel.Version_180)
                .UseSimpleAssemblyNameTypeSerializer()
                .UseRecommendedSerializerSettings();
            provider.GetRequiredService<PortalStore>().ConfigureJobs(configuration);
        });
        services.AddHostedService<SchedulerStartup>();
        return services;
    }

    public static void MapRuleRunsEndpoints(this WebApplication app, RouteGroupBuilder api)
    {
        RunNowEndpoint.Map(api);
        RunWindowEndpoint.Map(api);
        HoldEndpoint.Map(api);
        BackfillEndpoints.Map(api);
        // The policy is the gate; Hangfire's own local-only filter would hide the page from everybody but this machine.
        app.MapHangfireDashboard(PortalUrls.Jobs, new DashboardOptions
        {
            Authorization = [],
            AsyncAuthorization = [],
            DisplayStorageConnectionString = false,
            DashboardTitle = "RulePortal jobs",
            AppPath = PortalUrls.Overview,
            // Its commands would change the schedule past the audit trail; a rule is run on its page.
            IsReadOnlyFunc = _ => true,
        }).RequireAuthorization(Policies.CanContribute);
    }
}
