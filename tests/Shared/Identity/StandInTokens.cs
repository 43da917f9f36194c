using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace RulePortal.TestSupport.Identity;

/// <summary>Makes the stand-in's tokens, sound or as faulty as a test wants them.</summary>
internal sealed class StandInTokens(StandInProvider provider)
{
    /// <param name="nonce">The nonce of the request, or null for a token that a refresh token was redeemed for.</param>
    /// <param name="of">Whom it is about, or null for whoever signs in now.</param>
    public string IdToken(string? nonce, StandInPerson? of = null)
    {
        var claims = Person(of ?? provider.Person);
        if (nonce is not null)
        {
            claims["nonce"] = provider.Faults.Nonce ?? nonce;
        }

        if (provider.Shape is StandInShape.Standard)
        {
            claims["typ"] = "ID";
        }

        return Sign(claims, provider.ClientId);
    }

    /// <summary>An access token for the portal's API, as a person's program gets it.</summary>
    public string AccessToken(string? audience = null)
    {
        var claims = Person();
        claims["azp"] = "44444444-4444-4444-4444-444444444444";
        claims["scp"] = "access";
        return Sign(claims, audience ?? "api://" + provider.ClientId);
    }

    /// <summary>An access token of version 1.0, which Entra gives unless the app registration asks for the other.</summary>
    public string AccessTokenOfVersion1()
    {
        var claims = Person();
        claims["ver"] = "1.0";
        claims["appid"] = "44444444-4444-4444-4444-444444444444";
        claims["scp"] = "access";
        claims["upn"] = provider.Person.UserName;
        claims.Remove("preferred_username");
        return Sign(claims, "api://" + provider.ClientId);
    }

    /// <summary>An access token of a program that acts for nobody but itself.</summary>
    public string ProgramToken(string objectId, params string[] roles) => Sign(
        new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["tid"] = StandInProvider.Tenant, ["oid"] = objectId, ["sub"] = objectId, ["azp"] = "55555555-5555-5555-5555-555555555555", ["idtyp"] = "app", ["ver"] = "2.0",
            [roles.Length > 0 ? "roles" : "noroles"] = roles,
        },
        provider.ClientId);

    /// <summary>Signed with HMAC by the public key's bytes, which everybody can read.</summary>
    public string SignedWithThePublicKey()
    {
        var secret = new SymmetricSecurityKey(provider.Keys.Current.Rsa.ExportSubjectPublicKeyInfo()) { KeyId = provider.Keys.Current.KeyId };
        var claims = Person();
        claims["azp"] = "44444444-4444-4444-4444-444444444444";
        claims["scp"] = "access";
        return new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = provider.Issuer, Audience = provider.ClientId, Claims = claims, SigningCredentials = new SigningCredentials(secret, SecurityAlgorithms.HmacSha256),
        });
    }

    private Dictionary<string, object> Person() => Person(provider.Person);

    private Dictionary<string, object> Person(StandInPerson person)
    {
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = provider.Shape is StandInShape.Entra ? "pairwise-subject" : person.ObjectId,
            ["name"] = "Fay Example",
            ["preferred_username"] = person.UserName,
            ["sid"] = "provider-session",
        };
        if (provider.Shape is StandInShape.Entra)
        {
            claims["tid"] = StandInProvider.Tenant;
            claims["oid"] = person.ObjectId;
            claims["ver"] = "2.0";
        }

        if (person.Roles.Count > 0)
        {
            if (provider.Shape is StandInShape.Entra)
            {
                claims["roles"] = person.Roles;
            }
            else
            {
                claims["realm_access"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["roles"] = person.Roles };
            }
        }

        if (person.TooManyGroups)
        {
            claims["_claim_names"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["groups"] = "src1" };
            claims["_claim_sources"] = new Dictionary<string, object>(StringComparer.Ordinal)
            {
                ["src1"] = new Dictionary<string, object>(StringComparer.Ordinal) { ["endpoint"] = $"https://graph.microsoft.com/v1.0/users/{person.ObjectId}/getMemberObjects" },
            };
        }
        else if (person.Groups.Count > 0)
        {
            claims["groups"] = person.Groups;
        }

        return claims;
    }

    private string Sign(Dictionary<string, object> claims, string audience)
    {
        var faults = provider.Faults;
        var now = TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(faults.Expired ? -2 : 0);
        var token = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = faults.Issuer ?? IssuerOf(claims),
            Audience = faults.Audience ?? audience,
            Claims = claims,
            IssuedAt = now,
            NotBefore = now,
            Expires = now.AddHours(1),
            SigningCredentials = faults.Unsigned ? null : new SigningCredentials(faults.UnknownKey ? provider.Keys.Unpublished() : provider.Keys.Current, SecurityAlgorithms.RsaSha256),
        });
        return faults.Tampered ? Tampered(token) : token;
    }

    private string IssuerOf(Dictionary<string, object> claims) =>
        claims.GetValueOrDefault("ver") is "1.0" ? StandInProvider.IssuerOfVersion1 : provider.Issuer;

    /// <summary>Gives everybody every role, under the signature there was.</summary>
    private static string Tampered(string token)
    {
        var parts = token.Split('.');
        var payload = JsonSerializer.Deserialize<Dictionary<string, object>>(Base64UrlEncoder.Decode(parts[1]))!;
        payload["roles"] = new[] { "RulePortal.Administrator" };
        payload["tampered"] = true;
        return $"{parts[0]}.{Base64UrlEncoder.Encode(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(payload)))}.{parts[2]}";
    }
}
