using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace RulePortal.TestSupport.Identity;

/// <summary>The stand-in's signing keys: one signs, all that were not withdrawn are published.</summary>
internal sealed class StandInKeys : IDisposable
{
    private readonly List<RsaSecurityKey> published = [];
    private readonly List<RSA> made = [];

    public StandInKeys() => Roll();

    public RsaSecurityKey Current { get; private set; } = null!;

    /// <summary>A key that nobody can look up.</summary>
    public RsaSecurityKey Unpublished() => Make();

    /// <summary>Signs with a new key from now on, and withdraws those before it.</summary>
    public void Roll()
    {
        Current = Make();
        lock (published)
        {
            published.Clear();
            published.Add(Current);
        }
    }

    public IReadOnlyList<object> Published()
    {
        lock (published)
        {
            return [.. published.Select(key =>
            {
                var parameters = key.Rsa.ExportParameters(includePrivateParameters: false);
                return new { kty = "RSA", use = "sig", alg = "RS256", kid = key.KeyId, n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) };
            })];
        }
    }

    public void Dispose() => made.ForEach(rsa => rsa.Dispose());

    private RsaSecurityKey Make()
    {
        var rsa = RSA.Create(2048);
        made.Add(rsa);
        return new RsaSecurityKey(rsa) { KeyId = Guid.NewGuid().ToString("N") };
    }
}
