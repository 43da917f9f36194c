using System.Globalization;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Formats;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Connections;

/// <summary><c>/api/v1/connections/batches</c>: what was stored, what was rejected, and taking it out again.</summary>
internal static class BatchEndpoints
{
    private const string Pattern = "/connections/batches";
    private const string Csv = "csv";
    private const string Ndjson = "ndjson";

    public static void MapBatches(this RouteGroupBuilder api)
    {
        api.MapGet(Pattern, ListAsync).RequireAuthorization(Policies.CanView).WithSummary("List batches, the newest first");
        api.MapGet(Pattern + "/{seq:long}", GetAsync).RequireAuthorization(Policies.CanView).WithSummary("One batch");
        api.MapDelete(Pattern + "/{seq:long}", WithdrawAsync).RequireAuthorization(Policies.CanContribute).WithSummary("Take the rows of a batch out again");
        api.MapGet(Pattern + "/{seq:long}/rejected", RejectedAsync).RequireAuthorization(Policies.CanView).InTurn<ExportTurns>()
            .WithSummary("Rows that were rejected")
            .WithDescription("A page of them, or with format=csv or format=ndjson all that are kept (at most 10,000 a batch) as a file.");
    }

    public static string Address(long seq) => string.Create(CultureInfo.InvariantCulture, $"{ApiRoutes.Prefix}{Pattern}/{seq}");

    public static string RejectedFile(long seq, string format) => $"{Address(seq)}/rejected?format={format}";

    private static async Task<Ok<ListPage<BatchModel>>> ListAsync([AsParameters] Paging paging, BatchQueries queries, CancellationToken cancellationToken)
    {
        var page = await queries.ListAsync(paging.Skip, paging.Size, cancellationToken);
        return TypedResults.Ok(paging.Page([.. page.Items.Select(BatchModel.Of)], page.Total));
    }

    private static async Task<Results<Ok<BatchModel>, ProblemHttpResult>> GetAsync(long seq, BatchQueries queries, CancellationToken cancellationToken) =>
        await queries.FindAsync(seq, cancellationToken) is { } batch ? TypedResults.Ok(BatchModel.Of(batch)) : Problems.NotFound("batch");

    private static async Task<Results<Ok<BatchModel>, ProblemHttpResult>> WithdrawAsync(long seq, HttpContext context, BatchWithdrawal withdrawal, CancellationToken cancellationToken)
    {
        var result = await withdrawal.WithdrawAsync(seq, context.User.ToActor(), cancellationToken);
        return result.Batch is { } batch ? TypedResults.Ok(BatchModel.Of(batch)) : Problems.NotFound("batch");
    }

    private static async Task<Results<Ok<ListPage<RejectedModel>>, PushStreamHttpResult, ProblemHttpResult>> RejectedAsync(
        long seq, string? format, [AsParameters] Paging paging, BatchQueries queries, CancellationToken cancellationToken)
    {
        if (format is not (null or "" or "json" or Csv or Ndjson))
        {
            return Problems.Invalid("The query string is not understood.", [new QueryFault("format", "Give json, csv or ndjson.")]);
        }

        if (await queries.FindAsync(seq, cancellationToken) is null)
        {
            return Problems.NotFound("batch");
        }

        if (format is Csv or Ndjson)
        {
            return TypedResults.Stream(
                stream => WriteAsync(stream, format, queries.AllRejectedAsync(seq, cancellationToken), cancellationToken),
                format is Csv ? CsvText.ContentType : "application/x-ndjson",
                string.Create(CultureInfo.InvariantCulture, $"batch-{seq}-rejected.{format}"));
        }

        var page = await queries.RejectedAsync(seq, paging.Skip, paging.Size, cancellationToken);
        return TypedResults.Ok(paging.Page([.. page.Items.Select(RejectedModel.Of)], page.Kept));
    }

    private static async Task WriteAsync(Stream stream, string format, IAsyncEnumerable<RejectedRow> rows, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        if (format is Csv)
        {
            await writer.WriteAsync(CsvText.Line(["Row", "Column", "Reason", "Remedy", "Raw"]));
        }

        await foreach (var row in rows.Select(RejectedModel.Of).WithCancellation(cancellationToken))
        {
            if (format is Ndjson)
            {
                await writer.WriteLineAsync(JsonSerializer.Serialize(row, JsonSerializerOptions.Web));
                continue;
            }

            foreach (var fault in row.Faults)
            {
                await writer.WriteAsync(CsvText.Line([row.Row, fault.Column, fault.Reason, fault.Remedy, row.Raw]));
            }
        }
    }
}

/// <summary>A batch as the API shows it.</summary>
internal sealed record BatchModel(
    long Batch,
    string Key,
    int Stored,
    int Rejected,
    DateTime ReceivedUtc,
    BatchOrigin Origin,
    string Actor,
    string? FileName,
    DateTime? OldestUtc,
    DateTime? NewestUtc,
    DateTime? WithdrawnUtc,
    string? WithdrawnBy)
{
    public static BatchModel Of(ConnectionBatch batch) => new(
        batch.Seq, batch.Key, batch.RowCount, batch.RejectedCount, batch.ReceivedUtc, batch.Origin, batch.ActorName, batch.FileName, batch.OldestUtc, batch.NewestUtc, batch.WithdrawnUtc, batch.WithdrawnBy);
}

/// <summary>A rejected row as pages and the API show it.</summary>
/// <param name="Row">Its number in the file or request.</param>
/// <param name="Faults">Everything wrong with it.</param>
/// <param name="Raw">The row as it came, cut at 8,000 characters.</param>
internal sealed record RejectedModel(long Row, IReadOnlyList<RowFault> Faults, string Raw)
{
    public static RejectedModel Of(RejectedRow row) => new(row.RowNumber, JsonSerializer.Deserialize<List<RowFault>>(row.Faults, JsonSerializerOptions.Web) ?? [], row.Raw);
}

/// <summary>A fault of a row as a sentence.</summary>
internal static class FaultSentence
{
    public static string Of(RowFault fault) => fault.Column.Length == 0 ? $"The row {fault.Reason}." : $"{fault.Column} {fault.Reason}.";
}
