using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Connections;

namespace RulePortal.Data.Intake;

/// <summary>Registers what takes connections in.</summary>
public static class IntakeServices
{
    /// <summary>Registers it.</summary>
    /// <param name="services">Where; holds or will hold what <see cref="Connections.ConnectionsServices.AddConnections"/> registers.</param>
    public static IServiceCollection AddIntake(this IServiceCollection services) => services.AddSingleton<ConnectionImporter>().AddSingleton<FileImporter>();
}
