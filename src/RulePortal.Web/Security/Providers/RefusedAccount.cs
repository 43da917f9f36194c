using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace RulePortal.Web.Security.Providers;

/// <summary>Carries the name of an account that was not let in to the page that says so, which nobody else can make show a name.</summary>
internal sealed class RefusedAccount(IDataProtectionProvider protection)
{
    private static readonly TimeSpan Shown = TimeSpan.FromMinutes(10);

    private readonly ITimeLimitedDataProtector protector = protection.CreateProtector("RulePortal.RefusedAccount").ToTimeLimitedDataProtector();

    public string Protect(string name) => protector.Protect(name, Shown);

    public string? Unprotect(string? text)
    {
        try
        {
            return string.IsNullOrEmpty(text) ? null : protector.Unprotect(text);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
