using Microsoft.AspNetCore.Authentication.Cookies;

namespace RulePortal.Web.Api;

/// <summary>A browser that sends its cookie along with a change must be on one of our own pages; a bearer key or token cannot be sent by a foreign page.</summary>
internal sealed class SameOriginFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var request = context.HttpContext.Request;
        var harmless = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method);
        return harmless || context.HttpContext.User.Identity?.AuthenticationType != CookieAuthenticationDefaults.AuthenticationScheme || IsOurs(request)
            ? await next(context)
            : Problems.Of(StatusCodes.Status403Forbidden, "Not allowed", "A change with a session cookie must come from a page of this portal. Programs use a key: 'Authorization: Bearer rp_...'.");
    }

    // Browsers send at least one of the two with every change; a client that sends neither is none, and cannot be tricked into sending a cookie.
    private static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return (site.Length == 0 || site is "same-origin" or "none")
            && (origin.Length == 0 || (Uri.TryCreate(origin, UriKind.Absolute, out var uri) && string.Equals(uri.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase)));
    }
}
