using System.Globalization;
using System.Text;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Security;
using RulePortal.Web.Security.Limits;

namespace RulePortal.Web.Features.Administration.Auditing;

/// <summary>What the page's filters let through, as a file.</summary>
internal static class AuditFiles
{
    public static void Map(IEndpointRouteBuilder app)
    {
        app.MapGet(PortalUrls.AuditCsvFile, (HttpContext context, AuditExport export) => WriteAsync(context, export, AuditFormat.Csv)).InTurn<ExportTurns>().RequireAuthorization(Policies.CanAdminister).ExcludeFromDescription();
        app.MapGet(PortalUrls.AuditNdjsonFile, (HttpContext context, AuditExport export) => WriteAsync(context, export, AuditFormat.Ndjson)).InTurn<ExportTurns>().RequireAuthorization(Policies.CanAdminister).ExcludeFromDescription();
    }

    private static async Task WriteAsync(HttpContext context, AuditExport export, AuditFormat format)
    {
        var (view, faults) = AuditViewReader.Read(context.Request.Query);
        if (faults.Count > 0)
        {
            // A filter that was mistyped must not turn into a file of everything.
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        var now = context.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
        var filter = view.ToFilter(now);
        await export.NoteAsync(filter, format, context.User.ToActor(), context.RequestAborted);
        var isCsv = format is AuditFormat.Csv;
        context.Response.ContentType = isCsv ? CsvText.ContentType : "application/x-ndjson";
        context.Response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"audit-{now:yyyyMMdd-HHmmss}.{(isCsv ? "csv" : "ndjson")}\"");
        // With the byte order mark, by which spreadsheets know UTF-8.
        await using var writer = new StreamWriter(context.Response.Body, new UTF8Encoding(encoderShouldEmitUTF8Identifier: isCsv), bufferSize: 16 * 1024, leaveOpen: true);
        await export.WriteAsync(writer, filter, format, context.RequestAborted);
    }
}
