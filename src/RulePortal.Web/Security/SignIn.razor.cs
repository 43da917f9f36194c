using Microsoft.AspNetCore.Components;
using RulePortal.Data.Security;
using RulePortal.Web.Security.Providers;

namespace RulePortal.Web.Security;

/// <summary>The page where a session begins.</summary>
public sealed partial class SignIn
{
    private IIdentityProvider? provider;

    [Inject]
    public required IServiceProvider Services { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    public bool Failed { get; set; }

    /// <summary>Why the session before ended, as a <see cref="SessionEnding"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Ended { get; set; }

    private string Target => Security.ReturnUrl.Safe(ReturnUrl);

    private SessionEnding? Ending => Enum.TryParse<SessionEnding>(Ended, out var ending) && Enum.IsDefined(ending) ? ending : null;

    protected override void OnInitialized() => provider = Services.GetService<IIdentityProvider>();
}
