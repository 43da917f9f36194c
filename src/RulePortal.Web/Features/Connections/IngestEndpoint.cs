using System.Globalization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http.Timeouts;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Intake.Reading;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

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
        .AddOpenApiOperationTransformer(IngestDescription.DescribeAsync)
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .InTurn<IngestGate>();

    private static async Task<Results<Created<IngestAnswer>, Ok<IngestAnswer>, ProblemHttpResult>> PostAsync(
        HttpContext context, ConnectionImporter importer, TimeProvider time, ILogger<IngestGate> logger)
    {
        var cancellationToken = context.RequestAborted;
        var (request, problem) = IngestRequest.Read(context.Request);
        if (request is null)
        {
            return problem!;
        }

        try
        {
            using var reader = await ContentReader.OpenAsync(context.Request.Body, request.Options, time, cancellationToken);
            using var batch = await reader.ReadBatchAsync(ConnectionRowId.MaxRowsPerBatch, cancellationToken);
            await reader.DemandEndAsync(cancellationToken);
            var facts = new BatchFacts(BatchOrigin.Api, context.User.ToActor()) { Key = request.Key, SkipBadRows = request.SkipBadRows };
            using var scope = Log.Batch(logger, batch.Rows, request.Key);
            var result = await importer.StoreAsync(facts, batch, cancellationToken);
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
        var shown = result.Rejected > result.FirstBadRows.Count ? string.Create(CultureInfo.InvariantCulture, $" The first {result.FirstBadRows.Count} are named.") : "";
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

/// <summary>What became of a request with connections.</summary>
/// <param name="Batch">The batch's number; null when the request held no rows.</param>
/// <param name="Stored">Rows stored, now or before.</param>
/// <param name="Rejected">Bad rows left out and kept with their reasons.</param>
/// <param name="AlreadyStored">Whether the batch was stored before, so that nothing changed.</param>
internal sealed record IngestAnswer(long? Batch, int Stored, int Rejected, bool AlreadyStored);

/// <summary>One thing wrong with one row of a request.</summary>
/// <param name="Row">The row's number, from 1.</param>
/// <param name="Column">The column, or an empty text when the row as a whole is at fault.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
/// <param name="Message">All of it as a sentence.</param>
internal sealed record IngestFault(long Row, string Column, string Reason, string Remedy, string Message);

/// <summary>Bounds how many requests are read at once, in all and of one caller, who may send as slowly as is allowed.</summary>
internal sealed class IngestGate(IOptions<LimitSettings> limits) : Turns(LimitSettings.MostImports, limits.Value.ImportsPerCaller, waiting: 64);
