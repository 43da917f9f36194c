using RulePortal.Data.Operations.Doctor;

namespace RulePortal.Web.Features.Operations;

/// <summary>Keeping a store well: the doctor, retention, backup and restore.</summary>
internal static class OperationsFeature
{
    public static IServiceCollection AddOperationsFeature(this IServiceCollection services)
    {
        services.AddSingleton<StoreDoctor>();
        return services;
    }
}
