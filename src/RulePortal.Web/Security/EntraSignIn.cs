using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.Extensions.Options;
using Microsoft.Identity.Web;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using RulePortal.Data.Auditing;
using RulePortal.Web.Shell;

namespace RulePortal.Web.Security;

/// <summary>Signing in with Microsoft Entra ID: authorization code with PKCE, app roles as the product's roles.</summary>
internal static partial class EntraSignIn
{
    public static void AddEntra(this AuthenticationBuilder authentication, IConfiguration configuration)
    {
        authentication.AddMicrosoftIdentityWebApp(configuration.GetSection("AzureAd"));
        authentication.Services.AddOptions<OpenIdConnectOptions>(OpenIdConnectDefaults.AuthenticationScheme).Configure<IOptions<SignInSettings>, TimeProvider>((o, settings, time) =>
        {
            o.ResponseType = OpenIdConnectResponseType.Code;
            o.UsePkce = true;
            o.SaveTokens = false;
            o.SignedOutRedirectUri = PortalUrls.SignIn("/");
            var validated = o.Events.OnTokenValidated;
            o.Events.OnTokenValidated = async context =>
            {
                await validated(context);
                if (context.Principal is { } entra)
                {
                    var (principal, properties) = Session.Begin(ActorOf(entra), RolesOf(entra, settings.Value.Roles), OpenIdConnectDefaults.AuthenticationScheme, time.GetUtcNow());
                    context.Principal = principal;
                    context.Properties ??= new AuthenticationProperties();
                    context.Properties.IssuedUtc = properties.IssuedUtc;
                    context.Properties.ExpiresUtc = properties.ExpiresUtc;
                }
            };
            o.Events.OnRemoteFailure = context =>
            {
                Log.RemoteFailure(context.HttpContext.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(EntraSignIn)), context.Failure);
                context.HandleResponse();
                context.Response.Redirect(PortalUrls.SignInFailed);
                return Task.CompletedTask;
            };
        });
    }

    public static Actor ActorOf(ClaimsPrincipal entra)
    {
        var person = entra.GetObjectId() ?? throw new InvalidOperationException("The token names no object id.");
        return new Actor($"entra:{entra.GetTenantId()}/{person}", Shown(entra.GetDisplayName() ?? person));

        static string Shown(string name) => name.Length <= 200 ? name : name[..200];
    }

    public static IEnumerable<string> RolesOf(ClaimsPrincipal entra, SignInSettings.RoleNames names) =>
        names.All.Where(r => entra.HasClaim(ClaimTypes.Role, r.Name) || entra.HasClaim("roles", r.Name)).Select(r => r.Role);

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "Signing in with Entra ID failed.")]
        public static partial void RemoteFailure(ILogger logger, Exception? failure);
    }
}
