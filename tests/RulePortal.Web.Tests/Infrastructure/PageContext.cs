using System.Security.Claims;
using Bunit;
using Bunit.TestDoubles;
using Microsoft.AspNetCore.Components;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using MudBlazor.Services;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.TestSupport;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Drafts;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>A page rendered in memory: MudBlazor's services and providers, an empty SQLite file, a clock that stands still, and nobody signed in until <see cref="SignIn"/>.</summary>
public abstract class PageContext : BunitContext
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"ruleportal-page-{Guid.NewGuid():N}.db");

    protected PageContext()
    {
        // A page drawn for the first time is compiled first; on a busy machine that takes its time.
        DefaultWaitTimeout = TimeSpan.FromSeconds(30);
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices(o => o.PopoverOptions.CheckForPopoverProvider = false);
        // Before the first service is resolved, else it does not count.
        Authorization = AddAuthorization();
        Services.AddSingleton<TimeProvider>(Time);
        Services.AddScoped<MinuteClock>();
        Services.AddScoped<CurrentActor>();
        Services.AddScoped<IDraftOwner>(provider => provider.GetRequiredService<CurrentActor>());
        Services.AddScoped<DraftBox>();
        Services.AddSingleton<DeniedAttempts>();
        Services.AddSingleton<SecurityAudit>();
        Services.AddSingleton(new OpenPages(Options.Create(new LimitSettings { PagesPerPerson = 1 })));
        Services.AddScoped(services => new OpenPage(services.GetRequiredService<OpenPages>()));
        var connection = new SqliteConnectionStringBuilder { DataSource = file, Pooling = false, ForeignKeys = true }.ConnectionString;
        Gate = new GatedStore(new DbContextOptionsBuilder<PortalDbContext>().UseSqlite(connection).AddInterceptors(BoundedQueries.Instance).Options);
        Services.AddSingleton<IDbContextFactory<PortalDbContext>>(Gate);
        using var db = Gate.CreateDbContext();
        db.Database.EnsureCreated();
    }

    /// <summary>A Monday noon; advance it, or set it before rendering.</summary>
    protected FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.Zero));

    protected BunitAuthorizationContext Authorization { get; }

    /// <summary>The store the page sees.</summary>
    protected IDbContextFactory<PortalDbContext> Store => Gate;

    /// <summary>The same, to make it slow or unreachable.</summary>
    private protected GatedStore Gate { get; }

    protected NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    protected DateTime Now => Time.GetUtcNow().UtcDateTime;

    /// <summary>Signs a role of people in, with the policies that role satisfies and the actor <c>dev:role</c>.</summary>
    protected void SignIn(string role)
    {
        Authorization.SetAuthorized($"Development {role}");
        Authorization.SetRoles(role);
        Authorization.SetClaims(new Claim(PortalPrincipal.ActorClaim, "dev:" + role.ToLowerInvariant()));
        Authorization.SetPolicies([.. Callers.PoliciesOf(role)]);
    }

    /// <summary>Renders the page beside the providers its popovers, dialogs and snackbars need; once a test, since there is one of each. A control alone is rendered by <c>Render</c>.</summary>
    /// <param name="parameters">The page's route and query parameters, by name.</param>
    protected IRenderedComponent<Harness<T>> RenderPage<T>(params (string Name, object? Value)[] parameters)
        where T : IComponent
    {
        SetRendererInfo(new RendererInfo("Server", isInteractive: true));
        return Render<Harness<T>>(p =>
        {
            foreach (var (name, value) in parameters)
            {
                p.AddUnmatched(name, value);
            }
        });
    }

    protected override void Dispose(bool disposing)
    {
        base.Dispose(disposing);
        if (disposing)
        {
            File.Delete(file);
        }
    }
}
