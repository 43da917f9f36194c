using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using RulePortal.Data.Connections;
using RulePortal.Data.Connections.Parsing;
using RulePortal.Data.Connections.Storing;
using RulePortal.Web.Api;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Connections;

/// <summary><c>POST /api/v1/connections</c>: one request is one batch, stored whole or not at all.</summary>
internal static partial class IngestEndpoint
{
    public static void MapIngest(this RouteGroupBuilder api) => api.MapPost("/connections", PostAsync)
        .RequireAuthorization(Policies.CanIngest)
        .WithMetadata(new RequestSizeLimitAttribute(IngestRequest.MaxBytes), new RequestTimeoutAttribute(IngestRequest.MaxTimeMilliseconds))
        .WithName("PostConnections")
        .WithSummary("Store connections as one batch")
        .WithDescription("At most 1,000,000 rows and 512 MiB unpacked. Repeating a request with the same Idempotency-Key (or, without one, the same content) changes nothing.")
        .Accepts<object>("application/json", "application/x-ndjson", "text/csv")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Results<Created<IngestAnswer>, Ok<IngestAnswer>, ProblemHttpResult>> PostAsync(
        HttpContext context, ConnectionImporter importer, IngestGate gate, TimeProvider time, ILogger<IngestGate> logger)
    {
        CancellationToken cancellationToken = context.RequestAborted;
        (IngestRequest? request, ProblemHttpResult? problem) = IngestRequest.Read(context.Request);
        if (request is null)
        {
            return problem!;
        }

        using var place = await gate.EnterAsync(cancellationToken);
        if (!place.IsAcquired)
        {
            context.Response.Headers.RetryAfter = "5";
            return Problems.Of(StatusCodes.Status429TooManyRequests, "Too many requests at once", "Try again in a few seconds.");
        }

        try
        {
            using ConnectionReader reader = await ConnectionReader.OpenAsync(context.Request.Body, request.Options, time, cancellationToken);
            using SpooledBatch batch = await reader.ReadBatchAsync(ConnectionRowId.MaxRowsPerBatch, cancellationToken);
            await reader.DemandEndAsync(cancellationToken);
            var facts = new BatchFacts(BatchOrigin.Api, context.User.ToActor()) { Key = request.Key, SkipBadRows = request.SkipBadRows };
            using var scope = Log.Batch(logger, batch.Rows, request.Key);
            BatchResult result = await importer.StoreAsync(facts, batch, cancellationToken);
            Log.Ended(logger, result.Seq, result.Status, result.Stored, result.Rejected);
            return Answer(result);
        }
        catch (ContentException error)
        {
            return Problems.Of(
                error is ContentTooLargeException ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest,
                error is ContentTooLargeException ? "Too large" : "Content not readable",
                $"{error.Message} {error.Remedy} Nothing is stored.",
                new Dictionary<string, object?>(StringComparer.Ordinal) { ["row"] = error.Row });
        }
    }

    private static Results<Created<IngestAnswer>, Ok<IngestAnswer>, ProblemHttpResult> Answer(BatchResult result) => result.Status switch
    {
        BatchStatus.Stored => TypedResults.Created(BatchEndpoints.Address(result.Seq!.Value), new IngestAnswer(result.Seq, result.Stored, result.Rejected, AlreadyStored: false)),
        BatchStatus.AlreadyStored => TypedResults.Ok(new IngestAnswer(result.Seq, result.Stored, result.Rejected, AlreadyStored: true)),
        BatchStatus.Empty => TypedResults.Ok(new IngestAnswer(null, 0, 0, AlreadyStored: false)),
        BatchStatus.Conflict => Problems.Conflict(string.Create(CultureInfo.InvariantCulture, $"Batch {result.Seq} was stored with this key and other content. Send other content with another key. Nothing is stored.")),
        _ => Refused(result),
    };

    private static ProblemHttpResult Refused(BatchResult result)
    {
        List<IngestFault> errors = [.. result.FirstBadRows.SelectMany(row => row.Faults.Select(fault => new IngestFault(
            row.Row, fault.Column, fault.Reason, fault.Remedy, string.Create(CultureInfo.InvariantCulture, $"Row {row.Row}: {FaultSentence.Of(fault)}"))))];
        string shown = result.Rejected > result.FirstBadRows.Count ? string.Create(CultureInfo.InvariantCulture, $" The first {result.FirstBadRows.Count} are named.") : "";
        return Problems.Of(
            StatusCodes.Status422UnprocessableEntity,
            "Batch refused",
            string.Create(CultureInfo.InvariantCulture, $"{result.Rejected:N0} rows cannot be stored.{shown} Nothing is stored; mend them, or store the good rows alone with ?onError=skip."),
            new Dictionary<string, object?>(StringComparer.Ordinal) { ["badRows"] = result.Rejected, ["errors"] = errors });
    }

    private static partial class Log
    {
        public static readonly Func<ILogger, int, string?, IDisposable?> Batch = LoggerMessage.DefineScope<int, string?>("Batch of {Rows} rows, key {BatchKey}");

        [LoggerMessage(Level = LogLevel.Information, Message = "Batch {Batch}: {Status}, {Stored} rows stored, {Rejected} rejected")]
        public static partial void Ended(ILogger logger, long? batch, BatchStatus status, int stored, int rejected);
    }
}
