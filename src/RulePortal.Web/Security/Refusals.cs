using Microsoft.AspNetCore.Authorization;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Security;

/// <summary>How the API says no.</summary>
internal static class Refusals
{
    public static Task ChallengeAsync(HttpContext context)
    {
        if (FailureLimit.WasRefused(context))
        {
            return context.RequestServices.GetRequiredService<FailureLimit>().WriteAsync(context);
        }

        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(
            context, StatusCodes.Status401Unauthorized, "Not signed in", "Send a key in force as 'Authorization: Bearer rp_...', or sign in.");
    }

    public static Task ForbidAsync(HttpContext context) =>
        Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Not allowed", $"This needs the role {RoleNeeded(context)}.");

    /// <summary>The role that would have been let through to the endpoint of the request.</summary>
    public static string RoleNeeded(HttpContext context) =>
        Policies.RoleNeeded((context.GetEndpoint()?.Metadata.GetOrderedMetadata<IAuthorizeData>() ?? []).Select(a => a.Policy));
}
