using System.Text.Json;
using System.Text.Json.Serialization;
using RulePortal.Data.Auditing;
using RulePortal.Detection.Detectors;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>Takes entries out of the portal, and says so in the trail before the first of them leaves.</summary>
internal sealed class AuditExport(AuditQueries queries, AuditRecorder recorder, TimeProvider time)
{
    private static readonly string[] Columns =
        ["Position", "Id", "At", "Actor", "ActorId", "Origin", "Action", "Subject", "Outcome", "Attempts", "Detail", "Changes", "Before", "After", "Hash"];

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Notes who takes out what. Its own entry is part of the export when the filter lets it through.</summary>
    public async Task NoteAsync(AuditFilter filter, AuditFormat format, Actor actor, CancellationToken cancellationToken)
    {
        var count = await queries.CountAsync(filter, cancellationToken);
        var what = AuditJson.Write(new { format, entries = count, filter.FromUtc, filter.ToUtc, actors = filter.ActorIds, filter.Actions, filter.Outcomes, filter.Text });
        await recorder.AppendAsync([new AuditEntry(time.GetUtcNow().UtcDateTime, actor, AuditActions.AuditExport, "audit:entries", before: null, what)], cancellationToken);
    }

    public async Task WriteAsync(TextWriter output, AuditFilter filter, AuditFormat format, CancellationToken cancellationToken)
    {
        if (format is AuditFormat.Csv)
        {
            await output.WriteAsync(CsvText.Line(Columns));
        }

        await foreach (var entry in queries.StreamAsync(filter, cancellationToken))
        {
            await (format is AuditFormat.Csv
                ? output.WriteAsync(CsvText.Line(Cells(entry)))
                : output.WriteAsync(JsonSerializer.Serialize(AuditEntryAnswer.Of(entry), Json) + "\n"));
        }
    }

    private static IEnumerable<object?> Cells(AuditEntry entry) =>
    [
        entry.Position, entry.Id, entry.AtUtc, entry.ActorName, entry.ActorId, entry.Origin, entry.Action, entry.Subject, $"{entry.Outcome}", entry.Attempts, entry.Detail,
        string.Join("; ", AuditDiff.Of(entry).Select(change => $"{change.Field}: {change.Before ?? "-"} -> {change.After ?? "-"}")),
        entry.Before, entry.After, entry.Hash is null ? null : Convert.ToHexStringLower(entry.Hash),
    ];
}

internal enum AuditFormat
{
    /// <summary>For spreadsheets: one line an entry, its changes in one cell.</summary>
    Csv = 0,

    /// <summary>For programs: one JSON object a line, with everything a verification needs.</summary>
    Ndjson = 1,
}
