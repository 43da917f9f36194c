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

    internal static string RoleNeeded(Type page) => Policies.RoleNeeded(page.GetCustomAttributes<AuthorizeAttribute>().Select(a => a.Policy));
}
