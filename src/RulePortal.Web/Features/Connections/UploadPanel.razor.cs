using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Wording;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Connections;

/// <summary>Brings a file in: first onto a temporary file of the portal's own naming, then batch by batch into the store.</summary>
public sealed partial class UploadPanel : IDisposable
{
    /// <summary>Largest file the page takes; larger ones go through the verb import.</summary>
    private const long MostBytes = 2L * 1024 * 1024 * 1024;

    private const int Buffer = 128 * 1024;

    private readonly CancellationTokenSource closed = new();
    private CancellationTokenSource? running;
    private bool skip;
    private string? phase;
    private double percent;
    private FileImportResult? result;
    private string? fault;

    [Inject]
    public required FileImporter Importer { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required ILogger<UploadPanel> Logger { get; set; }

    /// <summary>Called when something may have been stored.</summary>
    [Parameter]
    public EventCallback OnStored { get; set; }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    private async Task ImportAsync(InputFileChangeEventArgs e)
    {
        (result, fault) = (null, null);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        running = stop;
        try
        {
            var actor = await Actor.DemandAsync(Policies.CanIngest);
            if (e.File.Size > MostBytes)
            {
                fault = $"The file has {Words.Number(e.File.Size)} bytes; this page takes at most {Words.Number(MostBytes)}. Use the verb import for it.";
                return;
            }

            await using var spool = new FileStream(Path.GetTempFileName(), FileMode.Open, FileAccess.ReadWrite, FileShare.None, Buffer, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
            await UploadAsync(e.File, spool, stop.Token);
            spool.Position = 0;
            await TellAsync("Stored: 0 rows", 100);
            var options = new FileImportOptions(BatchOrigin.Page, actor) { FileName = e.File.Name, SkipBadRows = skip };
            result = await Importer.ImportAsync(spool, options, new Progress(this), stop.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            fault = "Cancelled. What was stored before stays; upload the file again to complete it.";
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            fault = error is UnauthorizedAccessException ? error.Message : "The import stopped. What was stored before stays; upload the file again to complete it. The portal's log has the details.";
            Log.ImportFailed(Logger, error);
        }
        finally
        {
            running = null;
            phase = null;
        }

        if (!closed.IsCancellationRequested)
        {
            await OnStored.InvokeAsync();
        }
    }

    private async Task UploadAsync(IBrowserFile file, FileStream spool, CancellationToken cancellationToken)
    {
        await using var content = file.OpenReadStream(MostBytes, cancellationToken);
        var buffer = new byte[Buffer];
        long read = 0;
        for (var step = 0; await content.ReadAsync(buffer, cancellationToken) is > 0 and var count; step++)
        {
            await spool.WriteAsync(buffer.AsMemory(0, count), cancellationToken);
            read += count;
            if (step % 8 == 0)
            {
                await TellAsync($"Uploaded: {Words.Number(read)} of {Words.Number(file.Size)} bytes", 99.0 * read / Math.Max(1, file.Size));
            }
        }
    }

    private void Cancel() => running?.Cancel();

    private Task TellAsync(string words, double done) => InvokeAsync(() =>
    {
        (phase, percent) = (words, done);
        StateHasChanged();
    });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "An uploaded file could not be imported.")]
        public static partial void ImportFailed(ILogger logger, Exception exception);
    }

    private sealed class Progress(UploadPanel panel) : IProgress<FileImportProgress>
    {
        public void Report(FileImportProgress value) => _ = panel.TellAsync($"Stored: {Words.Count(value.Stored + value.AlreadyStored, "row")}", 100);
    }
}
