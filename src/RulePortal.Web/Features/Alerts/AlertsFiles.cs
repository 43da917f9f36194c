using System.Text;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Alerts;

/// <summary>The list and an alert's evidence as CSV files.</summary>
internal static class AlertsFiles
{
    /// <summary>Where a file stops: what a spreadsheet opens with ease.</summary>
    public const int MaxAlerts = 100_000;

    private static readonly string[] AlertColumns =
    [
        "Id", "Raised", "Severity", "Status", "Classification", "Reason", "Title", "Owner", "Rule", "RuleVersion", "WindowStart", "WindowEnd", "ResultRows",
        "Tactics", "Hosts", "Processes", "Ips", "Countries",
    ];

    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(PortalUrls.AlertsCsvFile, AlertsAsync).InTurn<ExportTurns>().RequireAuthorization(Policies.CanView).ExcludeFromDescription();
        app.MapGet(PortalUrls.EvidenceCsvFile, EvidenceAsync).InTurn<ExportTurns>().RequireAuthorization(Policies.CanView).ExcludeFromDescription();
    }

    private static async Task AlertsAsync(HttpContext context, AlertQueries queries, TimeProvider time)
    {
        var (view, _) = AlertsViewReader.Read(context.Request.Query);
        var now = time.GetUtcNow().UtcDateTime;
        var filter = view.ToFilter(context.User.ToActor().Id, now);
        var alerts = queries.StreamAsync(filter, context.RequestAborted).Take(MaxAlerts);
        await WriteAsync(context, $"alerts-{now:yyyyMMdd-HHmmss}.csv", AlertColumns, alerts, Values);
    }

    private static async Task EvidenceAsync(long id, HttpContext context, AlertDetailQueries queries)
    {
        // The first row tells the columns; an alert without evidence has none.
        var rows = queries.StreamEvidenceAsync(id, context.RequestAborted);
        var first = await rows.FirstOrDefaultAsync(context.RequestAborted);
        if (first is null)
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }

        await WriteAsync(context, $"alert-{id}-evidence.csv", ["WindowEnd", .. first.Columns.Select(column => column.Name), "Explanation"], rows, row => [row.WindowEndUtc, .. row.Columns.Select(column => column.Value), row.Explanation.Summary]);
    }

    private static IEnumerable<object?> Values(AlertItem alert) =>
    [
        alert.Id, alert.RaisedUtc, $"{alert.Severity}", $"{alert.Status}", alert.Classification?.ToString(), alert.ClassificationReason?.ToString(), alert.Title, alert.OwnerName,
        alert.RuleName, alert.RuleVersion, alert.WindowStartUtc, alert.WindowEndUtc, alert.ResultCount, string.Join("; ", alert.Tactics.Select(tactic => tactic.DisplayName())),
        Entities(alert, EntityType.Host), Entities(alert, EntityType.Process), Entities(alert, EntityType.Ip), Entities(alert, EntityType.Country),
    ];

    private static string Entities(AlertItem alert, EntityType type) =>
        alert.Entities.FirstOrDefault(group => group.Type == type) is { } group
            ? string.Join("; ", group.Values) + (group.Count > group.Values.Count ? $"; and {group.Count - group.Values.Count} more" : "")
            : "";

    private static async Task WriteAsync<T>(HttpContext context, string name, IEnumerable<string> columns, IAsyncEnumerable<T> rows, Func<T, IEnumerable<object?>> values)
    {
        context.Response.ContentType = CsvText.ContentType;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"{name}\"";
        // With the byte order mark, by which spreadsheets know UTF-8.
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), bufferSize: 16 * 1024, leaveOpen: true);
        await writer.WriteAsync(CsvText.Line(columns));
        await foreach (var row in rows)
        {
            await writer.WriteAsync(CsvText.Line(values(row)));
        }
    }
}
