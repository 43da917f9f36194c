using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace RulePortal.Web.Security.Providers;

/// <summary>What a session keeps of the identity provider's tokens.</summary>
/// <param name="RefreshToken">Asks for the roles again; null when the provider gives none.</param>
/// <param name="IdToken">Tells the provider at signing out which of its sessions is meant.</param>
internal sealed record ProviderTokens(string? RefreshToken, string? IdToken)
{
    private const string Purpose = "RulePortal.ProviderTokens";

    public string Protect(IDataProtectionProvider protection) => protection.CreateProtector(Purpose).Protect(JsonSerializer.Serialize(this));

    /// <summary>Null for a session without tokens, and when the key that protected them is gone.</summary>
    public static ProviderTokens? Unprotect(string? text, IDataProtectionProvider protection)
    {
        try
        {
            return text is null ? null : JsonSerializer.Deserialize<ProviderTokens>(protection.CreateProtector(Purpose).Unprotect(text));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
