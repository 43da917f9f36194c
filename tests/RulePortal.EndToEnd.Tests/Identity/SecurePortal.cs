using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Microsoft.Playwright;
using RulePortal.Data;
using RulePortal.Data.Security;
using RulePortal.EndToEnd.Tests.Hosting;
using RulePortal.TestSupport.Identity;

namespace RulePortal.EndToEnd.Tests.Identity;

/// <summary>
/// The portal as it is in production: a process of its own in the Production environment, over https, signing people in with a live provider
/// whose certificate it trusts because the authority is named to it, and nothing else of it changed; and a browser before it.
/// </summary>
public abstract class SecurePortal : IAsyncLifetime
{
    /// <summary>The group whose members are Responders.</summary>
    internal const string Responders = "88888888-8888-8888-8888-888888888888";

    private readonly DirectoryInfo directory = Directory.CreateTempSubdirectory("ruleportal-secure-");
    private readonly TestAuthority authority = new();
    private readonly StandInShape shape;
    private LiveProvider live = null!;
    private TestBrowser browser = null!;

    private protected SecurePortal(StandInShape shape) => this.shape = shape;

    internal PortalProcess Process { get; private set; } = null!;

    internal StandInProvider Provider => live.Provider;

    public async ValueTask InitializeAsync()
    {
        live = await LiveProvider.StartAsync(shape, authority);
        var environment = Provider.Settings.ToDictionary(p => p.Key.Replace(":", "__", StringComparison.Ordinal), p => p.Value, StringComparer.Ordinal);
        environment["SSL_CERT_FILE"] = authority.AuthorityFile;
        environment["Kestrel__Certificates__Default__Path"] = authority.CertificateFile;
        environment["Kestrel__Certificates__Default__Password"] = TestAuthority.Password;
        environment["DataProtection__CertificatePath"] = authority.CertificateFile;
        environment["DataProtection__CertificatePassword"] = TestAuthority.Password;
        environment["Authentication__RecheckInterval"] = "00:01:00";
        environment["Authentication__Groups__Responder"] = Responders;
        environment["Logging__LogLevel__Default"] = "Information";
        Process = await PortalProcess.ServeInProductionAsync(directory.FullName, environment);
        browser = await TestBrowser.LaunchAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await browser.DisposeAsync();
        await Process.DisposeAsync();
        await live.DisposeAsync();
        authority.Dispose();
        directory.Delete(recursive: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>A browser nobody has used yet.</summary>
    internal async Task<IBrowserContext> NewBrowserAsync()
    {
        var context = await browser.Browser.NewContextAsync(new BrowserNewContextOptions
        {
            BaseURL = Process.Address.ToString(),
            IgnoreHTTPSErrors = true,
            ViewportSize = new ViewportSize { Width = 1280, Height = 900 },
        });
        context.SetDefaultTimeout(60_000);
        return context;
    }

    /// <summary>A page of a new browser, on which somebody with these roles went to an address and signed in.</summary>
    internal Task<IPage> SignInAsync(string address, params string[] roles) => SignInAsync(address, new StandInPerson { Roles = roles });

    /// <summary>The same for a person whom the provider knows more of.</summary>
    internal async Task<IPage> SignInAsync(string address, StandInPerson person)
    {
        Provider.Person = person;
        Provider.Faults = new StandInFaults();
        var page = await (await NewBrowserAsync()).NewPageAsync();
        await page.GotoAsync(address);
        await AtProviderAsync(page, person.UserName);
        await page.ReadyAsync();
        return page;
    }

    /// <summary>Presses the provider's only button.</summary>
    internal static Task AtProviderAsync(IPage page, string userName = "fay@example.test") => page.GetByRole(AriaRole.Button, new() { Name = "Sign in as " + userName }).ClickAsync();

    internal async Task CloseBrowsersAsync()
    {
        foreach (var context in browser.Browser.Contexts.ToList())
        {
            await context.CloseAsync();
        }
    }

    /// <summary>As if the interval had passed since the provider was last asked.</summary>
    internal Task DueAsync()
    {
        var before = TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(-2);
        return ForAllSessionsAsync(s => s.SetProperty(e => e.CheckedUtc, before));
    }

    /// <summary>Changes the sessions in the store, as if time had passed.</summary>
    internal async Task ForAllSessionsAsync(Action<UpdateSettersBuilder<PortalSession>> change)
    {
        await using var db = new PortalDbContext(new DbContextOptionsBuilder<PortalDbContext>()
            .UseSqlite($"Data Source={Path.Combine(directory.FullName, "portal.db")};Pooling=False;Default Timeout=30").Options);
        await db.Sessions.Where(s => s.EndedUtc == null).ExecuteUpdateAsync(change);
    }
}
