using RulePortal.Data.Security;
using RulePortal.Web.Security;

namespace RulePortal.Web.Tests.Infrastructure;

/// <summary>Everybody who may knock: nobody, each role in a browser, each kind of key; and the policies each satisfies.</summary>
internal static class Callers
{
    public const string Nobody = nameof(Nobody);

    public static IReadOnlyList<string> All { get; } = [Nobody, .. PortalRoles.OfPeople, .. Enum.GetNames<ApiKeyRole>().Select(r => r + " key")];

    public static async Task<HttpClient> ClientAsync(PortalFactory factory, string caller) =>
        caller == Nobody ? factory.Anonymous()
        : caller.EndsWith(" key", StringComparison.Ordinal) ? await factory.WithKeyAsync(Enum.Parse<ApiKeyRole>(caller[..^4]))
        : await factory.SignInAsAsync(caller);

    public static IReadOnlyList<string> PoliciesOf(string role) => role.Replace(" key", "", StringComparison.Ordinal) switch
    {
        PortalRoles.Reader => [Policies.SignedIn, Policies.CanView],
        PortalRoles.Responder => [Policies.SignedIn, Policies.CanView, Policies.CanRespond],
        PortalRoles.Contributor => [Policies.SignedIn, Policies.CanView, Policies.CanRespond, Policies.CanContribute, Policies.CanIngest],
        PortalRoles.Administrator => [Policies.SignedIn, Policies.CanView, Policies.CanRespond, Policies.CanContribute, Policies.CanIngest, Policies.CanAdminister, Policies.CanScrape],
        PortalRoles.Metrics => [Policies.SignedIn, Policies.CanScrape],
        PortalRoles.Ingest => [Policies.SignedIn, Policies.CanIngest],
        _ => [],
    };
}
