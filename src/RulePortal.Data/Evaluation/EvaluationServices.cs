using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using RulePortal.Data.Evaluation.Replay;

namespace RulePortal.Data.Evaluation;

/// <summary>Registers what evaluates rules over the stored connections.</summary>
public static class EvaluationServices
{
    /// <summary>Registers it, once however often it is called.</summary>
    /// <param name="services">Where; holds or will hold a context factory, a clock, the connections and the detectors. Limits registered before stay.</param>
    public static IServiceCollection AddEvaluation(this IServiceCollection services)
    {
        services.TryAddSingleton<EvaluationSnapshots>();
        services.TryAddSingleton<WorkSlots>();
        services.TryAddSingleton<WindowEvaluator>();
        services.TryAddSingleton(new EvaluationLimits());
        services.TryAddSingleton<RuleEvaluator>();
        services.TryAddSingleton<RuleSimulator>();
        services.TryAddSingleton<BaselineForecaster>();
        services.TryAddSingleton<AlertReplayer>();
        services.TryAddSingleton<LabelQueries>();
        return services;
    }
}
