using Microsoft.Extensions.Primitives;

namespace RulePortal.Web.Security;

/// <summary>Headers of every answer: no foreign script, frame, referrer or cache sees the portal.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, string formTargets)
{
    // Style attributes are MudBlazor's; scripts are files of this site only. Signing out ends at the identity provider, which browsers count as a form's target.
    private readonly StringValues contentPolicy =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; "
        + "worker-src 'self'; object-src 'none'; base-uri 'self'; frame-ancestors 'none'; "
        + $"form-action 'self' {formTargets}".TrimEnd();

    public Task InvokeAsync(HttpContext context)
    {
        context.Response.OnStarting(
            state =>
            {
                var headers = ((HttpResponse)state).Headers;
                headers.ContentSecurityPolicy = contentPolicy;
                headers.XContentTypeOptions = "nosniff";
                headers.XFrameOptions = "DENY";
                headers["Referrer-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                if (StringValues.IsNullOrEmpty(headers.CacheControl))
                {
                    headers.CacheControl = "no-store";
                }

                return Task.CompletedTask;
            },
            context.Response);
        return next(context);
    }
}
