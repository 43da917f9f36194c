using Microsoft.AspNetCore.Antiforgery;

namespace RulePortal.Web.Security;

/// <summary>Refuses a form that does not carry this browser's token. The antiforgery middleware only notes it; endpoints that bind no field would go on.</summary>
internal sealed class ValidFormFilter : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        context.HttpContext.Features.Get<IAntiforgeryValidationFeature>() is { IsValid: true }
            ? await next(context)
            : TypedResults.StatusCode(StatusCodes.Status400BadRequest);
}
