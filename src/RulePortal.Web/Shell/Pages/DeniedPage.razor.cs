using Microsoft.AspNetCore.Components;
using RulePortal.Web.Security.Providers;

namespace RulePortal.Web.Shell.Pages;

/// <summary>Says why somebody is not let in: a page that needs another role, or an account without any.</summary>
public sealed partial class DeniedPage
{
    [Inject]
    public required IServiceProvider Services { get; set; }

    /// <summary>The role a page needs.</summary>
    [SupplyParameterFromQuery]
    public string? Needs { get; set; }

    /// <summary>Why an account is not let in, by the name of a <see cref="SignInRefusal"/>.</summary>
    [SupplyParameterFromQuery]
    public string? Why { get; set; }

    /// <summary>Whose account, protected.</summary>
    [SupplyParameterFromQuery]
    public string? Account { get; set; }

    private SignInRefusal? Refusal => Enum.TryParse<SignInRefusal>(Why, out var refusal) && Enum.IsDefined(refusal) ? refusal : null;

    private string? Name => Services.GetService<RefusedAccount>()?.Unprotect(Account);
}
