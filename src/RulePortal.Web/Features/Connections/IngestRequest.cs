using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;
using RulePortal.Data.Intake.Reading;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Features.Connections;

/// <summary>What the headers and the query string of a request say about its content.</summary>
/// <param name="Options">How to read it.</param>
/// <param name="Key">The idempotency key, or null.</param>
/// <param name="SkipBadRows">Whether good rows are stored although there are bad ones.</param>
internal sealed record IngestRequest(ContentOptions Options, string? Key, bool SkipBadRows)
{
    /// <summary>Most bytes of a request, as sent and unpacked.</summary>
    public const long MaxBytes = 512L * 1024 * 1024;

    /// <summary>How long sending and storing them may take.</summary>
    public const int MaxTimeMilliseconds = 30 * 60 * 1000;

    public const string IdempotencyKey = "Idempotency-Key";

    private const int LongestKey = 200;

    /// <summary>Reads them.</summary>
    /// <returns>The request, or the problem to answer with.</returns>
    public static (IngestRequest? Request, ProblemHttpResult? Problem) Read(HttpRequest request)
    {
        if (Format(request.ContentType) is not { } format)
        {
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Content type not taken", "Send application/json with an array, application/x-ndjson or text/csv, in UTF-8."));
        }

        if (Packing(request.Headers.ContentEncoding.ToString()) is not { } packing)
        {
            return (null, Problems.Of(StatusCodes.Status415UnsupportedMediaType, "Content encoding not taken", "Send the content as it is or with Content-Encoding: gzip."));
        }

        var key = request.Headers[IdempotencyKey].ToString();
        if (key.Length > LongestKey || key.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            return (null, Problems.Invalid($"The header {IdempotencyKey} is not understood.", [new QueryFault(IdempotencyKey, "Give 1 to 200 visible ASCII characters.")]));
        }

        var onError = request.Query["onError"].ToString();
        return onError is "" or "refuse" or "skip"
            ? (new IngestRequest(new ContentOptions { Format = format, Packing = packing, MaxBytes = MaxBytes }, key.Length == 0 ? null : key, onError is "skip"), null)
            : (null, Problems.Invalid("The query string is not understood.", [new QueryFault("onError", "Give refuse or skip.")]));
    }

    private static ContentFormat? Format(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type)
            || (type.Charset.HasValue && !type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase)))
        {
            return null;
        }

        return type.MediaType.Value?.ToUpperInvariant() switch
        {
            "APPLICATION/JSON" => ContentFormat.JsonArray,
            "APPLICATION/X-NDJSON" or "APPLICATION/NDJSON" or "APPLICATION/JSONL" => ContentFormat.Ndjson,
            "TEXT/CSV" => ContentFormat.Csv,
            _ => null,
        };
    }

    private static ContentPacking? Packing(string encoding) => encoding.ToUpperInvariant() switch
    {
        "" or "IDENTITY" => ContentPacking.None,
        "GZIP" or "X-GZIP" => ContentPacking.Gzip,
        _ => null,
    };
}
