using System.Globalization;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Logging.Console;
using RulePortal.Web.Features.Demo;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Banners;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Security.Protection;
using RulePortal.Web.Shell.CommandLine;
using RulePortal.Web.Storage;

namespace RulePortal.Web.Shell;

/// <summary>Composes the application, serves it, or lends its services to a verb.</summary>
internal static class PortalApp
{
    /// <exception cref="StartRefusedException">The configuration has a fault.</exception>
    public static WebApplication Create(string[] configuration)
    {
        var builder = CreateBuilder(configuration);
        builder.AddRulePortal();
        var app = builder.Build();
        SettingsChecks.Demand(app.Services);
        app.MapRulePortal();
        return app;
    }

    /// <summary>The services without sign-in, pages and endpoints; nothing is started.</summary>
    public static WebApplication CreateForVerb(string[] configuration)
    {
        var builder = CreateBuilder(configuration);
        // A verb's output is its own; only what went wrong is added, on the other stream.
        builder.Logging.ClearProviders()
            .AddConsole(o => o.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddFilter<ConsoleLoggerProvider>(static level => level >= LogLevel.Warning);
        builder.Services.AddCore();
        return builder.Build();
    }

    public static async Task<int> ServeAsync(string[] configuration, TextWriter output)
    {
        await using var app = Create(configuration);
        await app.Services.GetRequiredService<StorePreparation>().ForServingAsync(CancellationToken.None);
        ProtectionKeysCheck.Demand(app.Services);
        try
        {
            await app.StartAsync();
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            throw new StartRefusedException($"{e.Message.TrimEnd('.')}. Choose another with --urls http://127.0.0.1:PORT.", e);
        }

        await AnnounceAsync(app, output);
        await app.WaitForShutdownAsync();
        return ExitCode.Done;
    }

    private static WebApplicationBuilder CreateBuilder(string[] configuration)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = configuration,
            // Settings and static files stand beside the program, wherever it is started from; file names of verbs are the caller's.
            ContentRootPath = configuration.Any(a => a.StartsWith("--contentRoot=", StringComparison.OrdinalIgnoreCase)) ? null : AppContext.BaseDirectory,
        });
        builder.Configuration.UseDemoDirectory();
        return builder;
    }

    private static async Task AnnounceAsync(WebApplication app, TextWriter output)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? [];
        foreach (var address in addresses)
        {
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"RulePortal is open at {address}"));
        }

        await output.WriteLineAsync($"It keeps its data in {app.Services.GetRequiredService<PortalStore>().Place}.");
        foreach (var banner in app.Services.GetServices<IPortalBanner>())
        {
            if (await banner.GetAsync(CancellationToken.None) is { } message)
            {
                await output.WriteLineAsync(message.Text);
            }
        }
    }
}
