using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using RulePortal.Web.Security;

namespace RulePortal.Web.Shell;

public sealed partial class Routes
{
    /// <summary>The theme chosen before, or null for the system's.</summary>
    [Parameter]
    public bool? Dark { get; set; }

    /// <summary>The session the document was drawn for, protected in it: sent by a browser of another session, it starts nothing.</summary>
    [Parameter]
    public Guid? Session { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    /// <summary>Null until it is known.</summary>
    private bool? IsOfThisSession { get; set; }

    protected override async Task OnInitializedAsync() => IsOfThisSession = await Actor.WorksInAsync(Session);

    internal static string RoleNeeded(Type page) => Policies.RoleNeeded(page.GetCustomAttributes<AuthorizeAttribute>().Select(a => a.Policy));
}
