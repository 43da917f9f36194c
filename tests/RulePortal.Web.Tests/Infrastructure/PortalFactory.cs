using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Security;
using RulePortal.TestSupport;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>The real application over a SQLite file of its own, in the Development environment unless said otherwise, reached in memory as if from this machine.</summary>
public sealed partial class PortalFactory : WebApplicationFactory<Program>
{
    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ruleportal-web-");

    /// <summary>Settings beside the defaults, set before the first client or service is asked for.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public string Environment { get; init; } = "Development";

    /// <summary>Services put in place of the application's.</summary>
    public Action<IServiceCollection>? Replace { get; init; }

    /// <summary>The clock of the application, when a test sets one.</summary>
    public TimeProvider? Time { get; init; }

    public string DataDirectory => directory.FullName;

    /// <summary>A client without cookie or key that does not follow redirects.</summary>
    public HttpClient Anonymous() => CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = new Uri(Environment == "Development" ? "http://localhost" : "https://localhost") });

    /// <summary>A client signed in through the development page in one of the roles of people.</summary>
    public async Task<HttpClient> SignInAsAsync(string role)
    {
        var client = Anonymous();
        await SignInAsync(client, role);
        return client;
    }

    /// <summary>Signs a client in through the development page.</summary>
    /// <returns>The session's cookie, as a header has it.</returns>
    public static async Task<string> SignInAsync(HttpClient client, string role)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["role"] = role,
            ["returnUrl"] = "/",
            ["__RequestVerificationToken"] = await FormTokenAsync(client, "/signin"),
        });
        using var answer = await client.PostAsync("/signin/development", form);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer.Headers.GetValues("Set-Cookie").Single(cookie => cookie.Contains("RulePortal.Session=", StringComparison.Ordinal)).Split(';')[0];
    }

    /// <summary>A client that sends a bearer key made for it.</summary>
    public async Task<HttpClient> WithKeyAsync(ApiKeyRole role)
    {
        var client = Anonymous();
        client.DefaultRequestHeaders.Authorization = new("Bearer", await CreateKeyAsync(role));
        return client;
    }

    /// <summary>A key of the API.</summary>
    public async Task<string> CreateKeyAsync(ApiKeyRole role, DateTime? expiresUtc = null) =>
        await Services.GetRequiredService<ApiKeyStore>().CreateAsync($"{role} {Guid.NewGuid():N}", role, expiresUtc, Actor.System, CancellationToken.None)
        ?? throw new InvalidOperationException("The name was taken.");

    /// <summary>The antiforgery token of a page with a form.</summary>
    public static async Task<string> FormTokenAsync(HttpClient client, string page) =>
        WebUtility.HtmlDecode(FormToken().Match(await client.GetStringAsync(page)).Groups["token"].Value);

    protected override IHost CreateHost(IHostBuilder builder) => new StoppedByMain(base.CreateHost(builder));

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseEnvironment(Environment);
        builder.UseSetting("Storage:DataDirectory", DataDirectory);
        // Windows are evaluated where a test asks for it.
        builder.UseSetting("Scheduling:Enabled", "false");
        foreach (var (key, value) in Settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            services.AddSingleton<IStartupFilter, FromThisMachine>();
            if (Time is not null)
            {
                services.Replace(ServiceDescriptor.Singleton(Time));
            }

            services.ConfigureDbContext<PortalDbContext>(options => options.AddInterceptors(BoundedQueries.Instance));
            Replace?.Invoke(services);
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing && directory.Exists)
        {
            SqliteConnection.ClearAllPools();
            directory.Delete(recursive: true);
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"(?<token>[^\"]+)\"", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex FormToken();

    // Main stops and disposes the application as soon as it is told to. Were it stopped from here as well, services would stop twice, one time into what is disposed already.
    private sealed class StoppedByMain(IHost host) : IHost
    {
        // Taken at the start: an application that stopped by itself has disposed its services before it is stopped from here.
        private readonly IHostApplicationLifetime lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();

        public IServiceProvider Services => host.Services;

        public Task StartAsync(CancellationToken cancellationToken = default) => host.StartAsync(cancellationToken);

        public async Task StopAsync(CancellationToken cancellationToken = default)
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = lifetime.ApplicationStopped.Register(stopped.SetResult);
            lifetime.StopApplication();
            await stopped.Task.WaitAsync(TimeSpan.FromSeconds(30), cancellationToken);
        }

        public void Dispose()
        {
        }
    }

    // The in-memory server gives a request no remote address, and the development mode answers none but loopback.
    private sealed class FromThisMachine : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, following) =>
            {
                context.Connection.RemoteIpAddress ??= context.Request.Headers.TryGetValue("Test-Remote", out var remote) ? IPAddress.Parse(remote.ToString()) : IPAddress.Loopback;
                return following(context);
            });
            next(app);
        };
    }
}
