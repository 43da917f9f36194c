using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Alerts;

/// <summary>The result rows of an alert under the query's own column names.</summary>
public sealed partial class EvidenceGrid : IDisposable
{
    private const int Size = 25;

    private readonly CancellationTokenSource closed = new();
    private readonly HashSet<long> open = [];
    private EvidencePage? page;
    private (long AlertId, int Page, int Version) shown;
    private bool failed;

    [Inject]
    public required AlertDetailQueries Queries { get; set; }

    [Inject]
    public required ILogger<EvidenceGrid> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public long AlertId { get; set; }

    /// <summary>Newest window first.</summary>
    [Parameter]
    [EditorRequired]
    public required IReadOnlyList<OccurrenceItem> Occurrences { get; set; }

    /// <summary>From 1.</summary>
    [Parameter]
    public int Page { get; set; } = 1;

    /// <summary>The alert's version: another one may have more rows.</summary>
    [Parameter]
    public int Version { get; set; }

    private int Total => page?.Total ?? 0;

    private string Words
    {
        get
        {
            var found = Occurrences.Sum(occurrence => (long)occurrence.TotalRows);
            var words = string.Create(CultureInfo.InvariantCulture, $"{found:N0} result {(found == 1 ? "row" : "rows")}");
            words += Occurrences.Count > 1 ? string.Create(CultureInfo.InvariantCulture, $" of {Occurrences.Count:N0} windows") : "";
            return found > Total ? string.Create(CultureInfo.InvariantCulture, $"{words}, of which {Total:N0} are kept. Instants are UTC.") : $"{words}. Instants are UTC.";
        }
    }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        if (shown != (AlertId, Page, Version))
        {
            page = shown.AlertId == AlertId ? page : null;
            shown = (AlertId, Page, Version);
            await ReadAsync();
        }
    }

    private static bool IsNumber(object? value) => value is long;

    private string Address(int number) => PortalUrls.Alert(AlertId) + (number > 1 ? string.Create(CultureInfo.InvariantCulture, $"?evidence={number}") : "");

    private void Toggle(long id)
    {
        if (!open.Remove(id))
        {
            open.Add(id);
        }
    }

    private async Task ReadAsync()
    {
        var wanted = shown;
        try
        {
            failed = false;
            var read = await Queries.EvidenceAsync(AlertId, (Page - 1) * Size, Size, closed.Token);
            page = wanted == shown ? read ?? new EvidencePage([], 0) : page;
        }
        catch (Exception e) when (e is not OperationCanceledException and not ObjectDisposedException)
        {
            Log.ReadFailed(Logger, AlertId, e);
            failed = true;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The evidence of alert {Alert} could not be read.")]
        public static partial void ReadFailed(ILogger logger, long alert, Exception exception);
    }
}
