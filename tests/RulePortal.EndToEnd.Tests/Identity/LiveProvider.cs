using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using RulePortal.TestSupport.Identity;

namespace RulePortal.EndToEnd.Tests.Identity;

/// <summary>The stand-in provider on a port of this machine, over https.</summary>
internal sealed class LiveProvider : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly X509Certificate2 certificate;

    private LiveProvider(WebApplication server, X509Certificate2 ownCertificate, StandInProvider provider)
    {
        app = server;
        certificate = ownCertificate;
        Provider = provider;
    }

    public StandInProvider Provider { get; }

    public static async Task<LiveProvider> StartAsync(StandInShape shape, TestAuthority authority)
    {
        var loaded = authority.LoadCertificate();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(loaded)));
        var built = builder.Build();
        var provider = new StandInProvider(shape);
        new StandInEndpoints(provider).Map(built);
        await built.StartAsync();
        var port = new Uri(built.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        // Another name than the portal's, so that browsers take the two for two sites.
        provider.Address = new Uri($"https://localhost:{port}/");
        return new LiveProvider(built, loaded, provider);
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        certificate.Dispose();
        Provider.Dispose();
    }
}
