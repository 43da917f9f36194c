using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Auditing;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Sessions;
using RulePortal.Web.Security.Limits;

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

    [Inject]
    public required OpenPage Page { get; set; }

    /// <summary>Why nothing is shown; null while it is not known whether anything is.</summary>
    private string? Refusal { get; set; }

    protected override async Task OnInitializedAsync() => Refusal =
        !await Actor.WorksInAsync(Session) ? "This page was opened in another session."
        : Session is not null && !Page.TryOpen((await Actor.GetAsync()).Id) ? "You have too many pages of this portal open. Close some of them."
        : "";

    internal static string RoleNeeded(Type page) => Policies.RoleNeeded(page.GetCustomAttributes<AuthorizeAttribute>().Select(a => a.Policy));
}
