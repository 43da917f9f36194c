using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Shell.CommandLine;

/// <summary>Runs a verb's work inside the application's services, without serving: no port, no jobs, no hosted service.</summary>
internal sealed class VerbHost(string[] configuration)
{
    /// <summary>Checks the settings, brings or checks the store (<see cref="StorePreparation.ForVerbAsync"/>), then does the work in a scope of its own.</summary>
    public Task<int> RunAsync(Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken) =>
        RunAsync(prepareStore: true, work, cancellationToken);

    /// <inheritdoc cref="RunAsync(Func{IServiceProvider, CancellationToken, Task{int}}, CancellationToken)"/>
    /// <param name="prepareStore">False for a verb that looks after the store itself.</param>
    public async Task<int> RunAsync(bool prepareStore, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken)
    {
        await using var app = PortalApp.CreateForVerb(configuration);
        SettingsChecks.Demand(app.Services);
        if (prepareStore)
        {
            await app.Services.GetRequiredService<StorePreparation>().ForVerbAsync(cancellationToken);
        }

        await using var scope = app.Services.CreateAsyncScope();
        return await work(scope.ServiceProvider, cancellationToken);
    }
}
