using System.Net;

namespace RulePortal.Web.Security;

/// <summary>While people sign in without a password, answers nobody but this machine's own browser: not other machines, not a proxy's clients, not a foreign name that resolves to loopback.</summary>
internal sealed class DevelopmentSignInGuard(RequestDelegate next)
{
    private static readonly string[] ProxyHeaders = ["Forwarded", "Via", "X-Real-IP"];
    private static readonly string[] ProxyPrefixes = ["X-Forwarded-", "X-Original-"];

    public Task InvokeAsync(HttpContext context)
    {
        var reason =
            context.Connection.RemoteIpAddress is not { } remote || !IPAddress.IsLoopback(remote) ? "the request does not come from this machine"
            : context.Request.Headers.Keys.FirstOrDefault(IsProxyHeader) is { } header ? $"the request came through a proxy ({header})"
            : !ListeningAddresses.IsLoopbackHost(context.Request.Host.Host) ? "the host name is not this machine's loopback"
            : null;
        if (reason is null)
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync($"Refused: {reason}, and Authentication:Mode is Development.", context.RequestAborted);
    }

    private static bool IsProxyHeader(string name) =>
        ProxyHeaders.Contains(name, StringComparer.OrdinalIgnoreCase)
        || ProxyPrefixes.Any(p => name.StartsWith(p, StringComparison.OrdinalIgnoreCase));
}
