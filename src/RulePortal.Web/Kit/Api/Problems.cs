using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Data;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Kit.Api;

/// <summary>Errors of the API: problem documents (RFC 9457), without anything of the inside.</summary>
internal static class Problems
{
    private const string ContentType = "application/problem+json";

    /// <summary>A problem as an endpoint's result.</summary>
    public static ProblemHttpResult Of(int status, string title, string detail, IDictionary<string, object?>? extensions = null) =>
        TypedResults.Problem(detail: detail, statusCode: status, title: title, extensions: extensions);

    /// <summary>400 with the complete list of faults under <c>errors</c>, each an object with at least a <c>message</c>.</summary>
    public static ProblemHttpResult Invalid(string detail, IEnumerable<object> errors) =>
        Of(StatusCodes.Status400BadRequest, "Not valid", detail, new Dictionary<string, object?>(StringComparer.Ordinal) { ["errors"] = errors.ToList() });

    /// <summary>404 for something that does not exist, such as <c>rule</c>.</summary>
    public static ProblemHttpResult NotFound(string what) => Of(StatusCodes.Status404NotFound, "Not found", $"There is no such {what}.");

    /// <summary>409 for a lost race or a second, different thing under one key.</summary>
    public static ProblemHttpResult Conflict(string detail) => Of(StatusCodes.Status409Conflict, "Conflict", detail);

    /// <summary>A problem as the whole answer, outside an endpoint.</summary>
    public static Task WriteAsync(HttpContext context, int status, string title, string detail)
    {
        context.Response.StatusCode = status;
        var problem = new ProblemDetails { Status = status, Title = title, Detail = detail, Type = "https://tools.ietf.org/html/rfc9110#section-15" };
        problem.Extensions["traceId"] = Activity.Current?.Id ?? context.TraceIdentifier;
        return context.Response.WriteAsJsonAsync(problem, options: null, ContentType, context.RequestAborted);
    }

    /// <summary>The status of an exception that nothing else met.</summary>
    public static int StatusOf(Exception exception) => exception switch
    {
        BadHttpRequestException bad => bad.StatusCode,
        ActorRefusedException => StatusCodes.Status403Forbidden,
        _ when StoreTrouble.IsFull(exception) => StatusCodes.Status507InsufficientStorage,
        _ when StoreTrouble.IsBusy(exception) => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status500InternalServerError,
    };

    /// <summary>Answers for an exception that nothing else met.</summary>
    public static Task OnExceptionAsync(HttpContext context) =>
        context.Features.Get<IExceptionHandlerFeature>()?.Error switch
        {
            BadHttpRequestException bad => WriteAsync(context, bad.StatusCode, ReasonPhrases.GetReasonPhrase(bad.StatusCode), DetailOf(bad)),
            ActorRefusedException refused => WriteAsync(context, StatusCodes.Status403Forbidden, "Forbidden", refused.Message),
            { } full when StoreTrouble.IsFull(full) => WriteAsync(
                context, StatusCodes.Status507InsufficientStorage, "The disk is full", "The store could not grow and nothing was changed. Make room, then send the same again: nothing is stored twice."),
            { } busy when StoreTrouble.IsBusy(busy) => LaterAsync(context),
            _ => WriteAsync(context, StatusCodes.Status500InternalServerError, "Internal error", "The portal failed to answer. Its log has the details under the trace id."),
        };

    /// <summary>Answers for a status that came without a body.</summary>
    public static Task OnStatusAsync(StatusCodeContext context)
    {
        var status = context.HttpContext.Response.StatusCode;
        return WriteAsync(context.HttpContext, status, ReasonPhrases.GetReasonPhrase(status), status switch
        {
            StatusCodes.Status404NotFound => "There is nothing at this address.",
            StatusCodes.Status405MethodNotAllowed => "This address does not take that method.",
            StatusCodes.Status415UnsupportedMediaType => "This address does not take that content type.",
            _ => "The request was refused.",
        });
    }

    private static Task LaterAsync(HttpContext context)
    {
        context.Response.Headers.RetryAfter = "30";
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, "The store is busy", "Somebody else has been writing for too long and nothing was changed. Send the same again: nothing is stored twice.");
    }

    private static string DetailOf(BadHttpRequestException bad) => bad.InnerException is JsonException json
        ? string.Create(CultureInfo.InvariantCulture, $"The JSON cannot be read at {json.Path ?? "$"} (line {json.LineNumber + 1}).")
        : bad.Message;
}
