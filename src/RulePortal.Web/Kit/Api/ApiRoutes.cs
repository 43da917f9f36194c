using Microsoft.AspNetCore.Http.Timeouts;

namespace RulePortal.Web.Kit.Api;

/// <summary>The API's group, with what every endpoint of it shares.</summary>
internal static class ApiRoutes
{
    public const string Prefix = "/api/v1";

    private const int TimeLimitMilliseconds = 2 * 60 * 1000;

    public static bool IsApi(PathString path) =>
        path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || path.StartsWithSegments("/openapi", StringComparison.OrdinalIgnoreCase);

    /// <summary>The group that features map their endpoints on. Each endpoint names its own policy; one that names none is closed to everyone.</summary>
    public static RouteGroupBuilder MapApi(this IEndpointRouteBuilder routes) =>
        routes.MapGroup(Prefix).DisableAntiforgery().WithMetadata(new RequestTimeoutAttribute(TimeLimitMilliseconds));
}
