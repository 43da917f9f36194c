using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security.Limits;
using RulePortal.Web.Security.Providers;

namespace RulePortal.Web.Security;

/// <summary>
/// What a browser sends with its cookie must come from one of our own pages: changes, WebSockets and whatever a page fetches. Another page may link to
/// an address, no more. A bearer key or token cannot be sent by a foreign page.
/// </summary>
internal sealed class SameOrigin(RequestDelegate next, SecurityAudit audit)
{
    private const string Refusal = "A request with a session cookie must come from a page of this portal. Programs use a key: 'Authorization: Bearer rp_...'.";

    public Task InvokeAsync(HttpContext context)
    {
        if (IsBearer(context) || IsOurs(context.Request) || IsLink(context.Request))
        {
            return next(context);
        }

        audit.ForeignPageRefused(context);
        return Problems.WriteAsync(context, StatusCodes.Status403Forbidden, "Not allowed", Refusal);
    }

    private static bool IsBearer(HttpContext context) => context.User.Identity?.AuthenticationType is ApiKeyHandler.Name or AccessTokens.Scheme;

    // Browsers send at least one of the two with every change and every WebSocket; a client that sends neither is none, and cannot be tricked into sending a cookie.
    private static bool IsOurs(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        var origin = request.Headers.Origin.ToString();
        return (site.Length == 0 || site is "same-origin" or "none") && (origin.Length == 0 || IsOwn(origin, request));
    }

    // The scheme and the port count: a page of another port shares our cookies.
    private static bool IsOwn(string origin, HttpRequest request) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var theirs)
        && Uri.TryCreate($"{request.Scheme}://{request.Host}", UriKind.Absolute, out var ours)
        && Uri.Compare(theirs, ours, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsLink(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !RequestLimits.IsConnection(request)
        && request.Headers["Sec-Fetch-Mode"].ToString() switch
        {
            "navigate" => true,
            "" => request.Headers.Origin.Count == 0,
            _ => false,
        };
}
