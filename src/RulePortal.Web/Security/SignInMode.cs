namespace RulePortal.Web.Security;

internal enum SignInMode
{
    /// <summary>Microsoft Entra ID, through Microsoft.Identity.Web.</summary>
    EntraId = 1,

    /// <summary>Pick a role, no password: the Development environment on loopback only.</summary>
    Development = 2,

    /// <summary>Any standard OpenID Connect provider.</summary>
    OpenIdConnect = 3,
}
