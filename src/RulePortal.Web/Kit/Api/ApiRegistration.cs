using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.OpenApi;

namespace RulePortal.Web.Kit.Api;

internal static class ApiRegistration
{
    public static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddProblemDetails();
        services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(o => AddConverters(o.SerializerOptions));
        services.AddOpenApi(o => o.AddDocumentTransformer((document, _, _) =>
        {
            document.Info.Title = "RulePortal";
            document.Info.Description = "Bearer keys are made with the verb 'apikey create'. Errors are problem documents (RFC 9457); lists answer items, total and next.";
            document.Components ??= new OpenApiComponents();
            document.Components.SecuritySchemes ??= new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal);
            document.Components.SecuritySchemes["key"] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer" };
            document.Security = [new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference("key", document)] = [] }];
            return Task.CompletedTask;
        }));
        return services;
    }

    /// <summary>How the API reads and writes JSON, beyond the framework's options for the web.</summary>
    public static void AddConverters(JsonSerializerOptions options)
    {
        options.Converters.Add(new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false));
        options.Converters.Add(new IsoDurationConverter());
        options.Converters.Add(new ReadableJsonConverter());
    }

    /// <summary>Has every error under the API's addresses answered with a problem document.</summary>
    public static void UseApiProblems(this IApplicationBuilder app) => app.UseWhen(c => ApiRoutes.IsApi(c.Request.Path), api =>
    {
        api.UseExceptionHandler(new ExceptionHandlerOptions
        {
            ExceptionHandler = Problems.OnExceptionAsync,
            AllowStatusCode404Response = true,
            StatusCodeSelector = Problems.StatusOf,
            SuppressDiagnosticsCallback = c => c.Exception is BadHttpRequestException,
        });
        api.UseStatusCodePages(Problems.OnStatusAsync);
    });
}
