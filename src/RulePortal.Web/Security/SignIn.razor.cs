using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Options;

namespace RulePortal.Web.Security;

/// <summary>The page where a session begins.</summary>
public sealed partial class SignIn
{
    private SignInMode? mode;

    [Inject]
    public required IServiceProvider Services { get; set; }

    [SupplyParameterFromQuery]
    public string? ReturnUrl { get; set; }

    [SupplyParameterFromQuery]
    public bool Failed { get; set; }

    private string Target => Security.ReturnUrl.Safe(ReturnUrl);

    protected override void OnInitialized() => mode = Services.GetRequiredService<IOptions<SignInSettings>>().Value.Mode;
}
