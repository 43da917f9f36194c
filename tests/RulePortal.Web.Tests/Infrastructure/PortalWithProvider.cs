using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Microsoft.Identity.Web;
using RulePortal.Data;
using RulePortal.Data.Security;
using RulePortal.TestSupport.Identity;
using RulePortal.Web.Security.Providers;
using RulePortal.Web.Tests.Features.Rules;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>The application in the Production environment and the identity provider it signs people in with, both in memory; the clock is the test's.</summary>
internal sealed partial class PortalWithProvider : IDisposable
{
    private readonly WebApplication server;
    private readonly HttpClient browserAtProvider;

    public PortalWithProvider(StandInShape shape, params (string Key, string Value)[] settings)
        : this(new StandInProvider(shape), settings)
    {
    }

    private PortalWithProvider(StandInProvider provider, (string Key, string Value)[] settings)
    {
        Provider = provider;
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseTestServer(o => o.BaseAddress = provider.Address);
        builder.Logging.ClearProviders();
        server = builder.Build();
        new StandInEndpoints(provider).Map(server);
        server.Start();
        browserAtProvider = server.GetTestClient();
        var all = new Dictionary<string, string>(provider.Settings, StringComparer.Ordinal) { ["https_port"] = "443", ["Limits:FailuresPerMinutePerAddress"] = "1000" };
        foreach (var (key, value) in settings)
        {
            all[key] = value;
        }

        Portal = new PortalFactory { Environment = "Production", Settings = all, Time = Time, Replace = Connect };
    }

    /// <summary>A setting by which two groups make Responders.</summary>
    public static (string Key, string Value) Groups => ("Authentication:Groups:Responder", "soc-tier-1; soc-tier-2");

    public StandInProvider Provider { get; }

    public PortalFactory Portal { get; }

    public CapturedLogs Logs { get; } = new();

    /// <summary>Starts at the real present, which the tokens' times are judged by.</summary>
    public FakeTimeProvider Time { get; } = new(TimeProvider.System.GetUtcNow());

    /// <summary>Goes to a page, signs in at the provider, and comes back.</summary>
    /// <returns>The portal's answer to the provider's.</returns>
    public async Task<HttpResponseMessage> SignInAsync(HttpClient portal, string page = "/not-found?x=1")
    {
        using var answer = await AtProviderAsync(portal, page);
        return await portal.PostAsync("/signin-oidc", answer);
    }

    /// <summary>Goes to a page and signs in at the provider.</summary>
    /// <returns>What the provider sends back through the browser.</returns>
    public async Task<FormUrlEncodedContent> AtProviderAsync(HttpClient portal, string page = "/not-found?x=1")
    {
        using var challenge = await portal.GetAsync(page);
        Assert.Equal(HttpStatusCode.Redirect, challenge.StatusCode);
        var asked = FieldsOf(await browserAtProvider.GetStringAsync(challenge.Headers.Location));
        using var form = new FormUrlEncodedContent(asked);
        using var answer = await browserAtProvider.PostAsync(challenge.Headers.Location!.GetLeftPart(UriPartial.Path), form);
        return new FormUrlEncodedContent(FieldsOf(await answer.Content.ReadAsStringAsync()));
    }

    /// <summary>A client that is signed in.</summary>
    public async Task<HttpClient> SignedInAsync(params string[] roles)
    {
        // No two sessions begin at the same instant.
        Time.Advance(TimeSpan.FromSeconds(1));
        Provider.Person = Provider.Person with { Roles = roles };
        var client = Portal.Anonymous();
        using var back = await SignInAsync(client);
        Assert.Equal("/not-found?x=1", back.Headers.Location?.OriginalString);
        return client;
    }

    /// <summary>The session that was begun last.</summary>
    public async Task<PortalSession> LastSessionAsync()
    {
        await using var db = await Portal.Services.GetRequiredService<IDbContextFactory<PortalDbContext>>().CreateDbContextAsync();
        return await db.Sessions.AsNoTracking().OrderByDescending(s => s.StartedUtc).ThenByDescending(s => s.Id).FirstAsync();
    }

    public void Dispose()
    {
        Portal.Dispose();
        browserAtProvider.Dispose();
        ((IDisposable)server).Dispose();
        Provider.Dispose();
    }

    private static Dictionary<string, string> FieldsOf(string page) =>
        Field().Matches(page).ToDictionary(m => WebUtility.HtmlDecode(m.Groups["name"].Value), m => WebUtility.HtmlDecode(m.Groups["value"].Value), StringComparer.Ordinal);

    // Only the way to the provider is changed: whoever is asked and what is believed stay the product's.
    private void Connect(IServiceCollection services)
    {
        services.Configure<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme, o => o.BackchannelHttpHandler = server.GetTestServer().CreateHandler());
        services.Configure<JwtBearerOptions>(AccessTokens.Scheme, o => o.BackchannelHttpHandler = server.GetTestServer().CreateHandler());
        services.Configure<AadIssuerValidatorOptions>(o => o.HttpClientName = nameof(PortalWithProvider));
        services.AddLogging(logging => logging.AddProvider(Logs));
        services.AddHttpClient(nameof(PortalWithProvider)).ConfigurePrimaryHttpMessageHandler(() => server.GetTestServer().CreateHandler());
    }

    [GeneratedRegex("<input type=hidden name=\"(?<name>[^\"]+)\" value=\"(?<value>[^\"]*)\">", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Field();
}
