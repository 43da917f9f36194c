using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Shell.CommandLine;

/// <inheritdoc/>
internal sealed class VerbHost(string[] configuration) : IVerbHost
{
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
