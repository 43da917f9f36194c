using System.Collections.Concurrent;

namespace RulePortal.TestSupport.Identity;

/// <summary>
/// An identity provider for tests: discovery, keys that roll over, authorization code with PKCE and nonce demanded, refresh tokens that count
/// once, sign-out. What it says of whom, and what is wrong with it, is the test's to set.
/// </summary>
internal sealed class StandInProvider : IDisposable
{
    public const string Tenant = "11111111-1111-1111-1111-111111111111";

    /// <summary>Who issues Entra's tokens of version 1.0.</summary>
    public const string IssuerOfVersion1 = $"https://sts.windows.net/{Tenant}/";

    private readonly ConcurrentDictionary<string, StandInGrant> codes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StandInPerson> refreshTokens = new(StringComparer.Ordinal);
    private int redeemed;

    public StandInProvider(StandInShape shape)
    {
        Shape = shape;
        Tokens = new StandInTokens(this);
    }

    public StandInShape Shape { get; }

    /// <summary>Where it is, with a slash at the end. Each has its own: the issuer validator remembers for the whole process how an address is reached.</summary>
    public Uri Address { get; set; } = new($"https://{Guid.NewGuid():N}.stand-in.test/");

    public string ClientId { get; } = "33333333-3333-3333-3333-333333333333";

    public string ClientSecret { get; } = "client~secret-" + Guid.NewGuid().ToString("N");

    public StandInKeys Keys { get; } = new();

    public StandInTokens Tokens { get; }

    public StandInPerson Person { get; set; } = new();

    public StandInFaults Faults { get; set; } = new();

    /// <summary>Without the end that names the document: what a standard provider's clients are configured with.</summary>
    public string Authority => Shape is StandInShape.Entra ? $"{Address}{Tenant}/v2.0" : $"{Address}realms/soc";

    public string Issuer => Authority;

    /// <summary>How many refresh tokens were redeemed.</summary>
    public int Redeemed => redeemed;

    /// <summary>Every secret it gave away: codes and tokens.</summary>
    public ConcurrentBag<string> Secrets { get; } = [];

    /// <summary>The last request to sign out.</summary>
    public IReadOnlyDictionary<string, string>? SignedOut { get; set; }

    /// <summary>What the portal is configured with to sign people in here.</summary>
    public IReadOnlyDictionary<string, string> Settings => Shape is StandInShape.Entra
        ? new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Authentication:Mode"] = "EntraId",
            ["AzureAd:Instance"] = Address.ToString(),
            ["AzureAd:TenantId"] = Tenant,
            ["AzureAd:ClientId"] = ClientId,
            ["AzureAd:ClientSecret"] = ClientSecret,
        }
        : new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["Authentication:Mode"] = "OpenIdConnect",
            ["OpenIdConnect:Authority"] = Authority,
            ["OpenIdConnect:ClientId"] = ClientId,
            ["OpenIdConnect:ClientSecret"] = ClientSecret,
            ["OpenIdConnect:RoleClaim"] = "realm_access.roles",
        };

    public string Give(StandInGrant grant)
    {
        var code = Secret("code");
        codes[code] = grant;
        return code;
    }

    /// <summary>A code counts once.</summary>
    public StandInGrant? Take(string code) => codes.TryRemove(code, out var grant) ? grant : null;

    public string GiveRefreshToken(StandInPerson person)
    {
        var token = Secret("refresh");
        refreshTokens[token] = person;
        return token;
    }

    /// <summary>So does a refresh token: redeemed twice, it was stolen.</summary>
    /// <returns>Whose it was, as the provider knows them now, or null.</returns>
    public StandInPerson? TakeRefreshToken(string token)
    {
        Interlocked.Increment(ref redeemed);
        return !refreshTokens.TryRemove(token, out var holder) ? null
            : Faults.ConfusesPeople || holder.ObjectId == Person.ObjectId ? Person
            : holder;
    }

    public string Noted(string secret)
    {
        Secrets.Add(secret);
        return secret;
    }

    public void Dispose() => Keys.Dispose();

    private string Secret(string kind) => Noted($"{kind}-{Guid.NewGuid():N}{Guid.NewGuid():N}");
}
