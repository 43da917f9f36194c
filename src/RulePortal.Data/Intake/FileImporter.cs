using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Formats;
using RulePortal.Data.Intake.Reading;
using RulePortal.Data.Intake.Spooling;
using RulePortal.Detection.Wording;

namespace RulePortal.Data.Intake;

/// <summary>Imports content of any length: cuts it into batches and stores them one after the other, reading the next while one is stored.</summary>
/// <remarks>
/// The key of a batch follows from the file's first MiB, from how it is cut and from the batch's place in it. So an import that was interrupted is
/// completed by repeating it, and a file that changed meanwhile is recognised instead of being stored twice in part.
/// </remarks>
public sealed class FileImporter(ConnectionImporter importer, IDbContextFactory<PortalDbContext> contexts, TimeProvider time)
{
    private const int HeadDigits = 32;

    /// <summary>Imports content; stops at the first batch that cannot be stored.</summary>
    /// <param name="content">The bytes: JSON array, NDJSON or CSV, each perhaps packed with gzip; not disposed.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told after every batch; may be null.</param>
    /// <param name="cancellationToken">Stops it between two batches or before one is committed.</param>
    public async Task<FileImportResult> ImportAsync(Stream content, FileImportOptions options, IProgress<FileImportProgress>? progress, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        var state = new FileImportProgress(0, options.BatchRows, 0, 0, 0, 0);
        try
        {
            using var reader = await ContentReader.OpenAsync(content, new ContentOptions(), time, cancellationToken);
            var prefix = $"import:{Convert.ToHexStringLower(reader.HeadHash)[..HeadDigits]}:";
            state = state with { BatchRows = await EarlierCutAsync(prefix, cancellationToken) ?? options.BatchRows };
            return await ImportAsync(reader, prefix, options, state, Report, cancellationToken);
        }
        catch (ContentException error)
        {
            return new FileImportResult(FileImportOutcome.Unreadable, state) { Reason = $"{error.Message} {error.Remedy}" };
        }

        void Report(FileImportProgress seen)
        {
            state = seen;
            progress?.Report(seen);
        }
    }

    private async Task<FileImportResult> ImportAsync(
        ContentReader reader, string prefix, FileImportOptions options, FileImportProgress state, Action<FileImportProgress> report, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<SpooledBatch>(1);
        var reading = Task.Run(() => ReadAsync(reader, state.BatchRows, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            long place = 1;
            await foreach (var batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                using (batch)
                {
                    var result = await importer.StoreAsync(
                        new BatchFacts(options.Origin, options.Actor)
                        {
                            Key = string.Create(CultureInfo.InvariantCulture, $"{prefix}{state.BatchRows}:{place}"),
                            FileName = options.FileName,
                            SkipBadRows = options.SkipBadRows,
                        },
                        batch,
                        cancellationToken);
                    if (Stopped(result, batch, state) is { } stopped)
                    {
                        return stopped;
                    }

                    place += batch.Rows + batch.BadRows;
                    state = After(state, result, batch);
                    report(state);
                }
            }

            return new FileImportResult(FileImportOutcome.Done, state);
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batches.Reader.TryRead(out var left))
            {
                left.Dispose();
            }
        }
    }

    private static async Task ReadAsync(ContentReader reader, int batchRows, ChannelWriter<SpooledBatch> batches, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            while (!reader.IsAtEnd)
            {
                var batch = await reader.ReadBatchAsync(batchRows, cancellationToken);
                try
                {
                    await batches.WriteAsync(batch, cancellationToken);
                }
                catch
                {
                    batch.Dispose();
                    throw;
                }
            }
        }
        catch (Exception error)
        {
            failure = error;
        }

        batches.Complete(failure);
    }

    private static FileImportProgress After(FileImportProgress state, BatchResult result, SpooledBatch batch) => result.Status is BatchStatus.Empty
        ? state
        : state with
        {
            Batches = state.Batches + 1,
            Stored = state.Stored + (result.Status is BatchStatus.Stored ? result.Stored : 0),
            AlreadyStored = state.AlreadyStored + (result.Status is BatchStatus.AlreadyStored ? result.Stored : 0),
            Rejected = state.Rejected + result.Rejected,
            LastRow = batch.LastRow,
        };

    private static FileImportResult? Stopped(BatchResult result, SpooledBatch batch, FileImportProgress state) => result.Status switch
    {
        BatchStatus.Refused => new FileImportResult(FileImportOutcome.Refused, state)
        {
            BadRows = result.FirstBadRows,
            BadRowCount = result.Rejected,
            Reason = string.Create(CultureInfo.InvariantCulture, $"Rows {batch.FirstRow:N0} to {batch.LastRow:N0} are refused: {result.Rejected:N0} of them cannot be stored."),
        },
        BatchStatus.Conflict => new FileImportResult(FileImportOutcome.Changed, state)
        {
            Reason = string.Create(
                CultureInfo.InvariantCulture,
                $"The file has changed since it was imported: batch {result.Seq} holds {result.Stored:N0} rows from row {batch.FirstRow:N0} on, and the file has others there now. Withdraw batch {result.Seq} and repeat the import, or import a file with the new rows alone."),
        },
        _ => null,
    };

    /// <summary>How the file was cut when a part of it was imported before; null when none is stored.</summary>
    private async Task<int?> EarlierCutAsync(string prefix, CancellationToken cancellationToken)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        var key = await db.ConnectionBatches
            .Where(batch => batch.Key.StartsWith(prefix) && batch.WithdrawnUtc == null)
            .OrderBy(batch => batch.Seq)
            .Select(batch => batch.Key)
            .FirstOrDefaultAsync(cancellationToken);
        return key is null ? null : int.Parse(key[prefix.Length..key.LastIndexOf(':')], CultureInfo.InvariantCulture);
    }
}

/// <summary>How a file is imported.</summary>
/// <param name="Origin">Which way it comes in.</param>
/// <param name="Actor">Who brings it.</param>
public sealed record FileImportOptions(BatchOrigin Origin, Actor Actor)
{
    /// <summary>Rows of a batch unless set.</summary>
    public const int DefaultBatchRows = 50_000;

    /// <summary>The file's own name, for people.</summary>
    public string? FileName { get; init; }

    /// <summary>Whether good rows are stored although there are bad ones, which are kept with their reasons.</summary>
    public bool SkipBadRows { get; init; }

    /// <summary>Rows of a batch. A file that was imported before is cut as it was cut then.</summary>
    /// <value>1 to 1,000,000; 50,000 unless set.</value>
    public int BatchRows { get; init; } = DefaultBatchRows;
}

/// <summary>How the import of a file ended.</summary>
public enum FileImportOutcome
{
    /// <summary>Every batch is stored.</summary>
    Done = 0,

    /// <summary>A batch has bad rows.</summary>
    Refused = 1,

    /// <summary>The file is not what it was when a part of it was imported.</summary>
    Changed = 2,

    /// <summary>The content cannot be read further.</summary>
    Unreadable = 3,
}

/// <summary>How far the import of a file has come: whole batches only.</summary>
/// <param name="Batches">Batches dealt with.</param>
/// <param name="BatchRows">Rows of a batch, as the file is cut.</param>
/// <param name="Stored">Rows stored now.</param>
/// <param name="AlreadyStored">Rows that were stored before.</param>
/// <param name="Rejected">Bad rows left out, now or before.</param>
/// <param name="LastRow">Number of the last row dealt with; everything up to it is stored or kept as rejected.</param>
public sealed record FileImportProgress(int Batches, int BatchRows, long Stored, long AlreadyStored, long Rejected, long LastRow);

/// <summary>How the import of a file ended, and what is stored of it.</summary>
/// <param name="Outcome">How it ended.</param>
/// <param name="Progress">What is stored, whatever the outcome.</param>
public sealed record FileImportResult(FileImportOutcome Outcome, FileImportProgress Progress)
{
    /// <summary>The first twenty bad rows of the refused batch.</summary>
    public IReadOnlyList<BadRow> BadRows { get; init; } = [];

    /// <summary>How many bad rows the refused batch has.</summary>
    public int BadRowCount { get; init; }

    /// <summary>What stopped the import, as sentences; empty when nothing did.</summary>
    public string Reason { get; init; } = "";

    /// <summary>What is stored, as a sentence.</summary>
    public string Summary
    {
        get
        {
            if (Progress.Batches == 0)
            {
                return Outcome is FileImportOutcome.Done ? "The file has no rows." : "Nothing of the file is stored.";
            }

            var before = Progress.AlreadyStored > 0 ? $", {Words.Number(Progress.AlreadyStored)} {(Progress.AlreadyStored == 1 ? "was" : "were")} stored already" : "";
            var rejected = Progress.Rejected > 0 ? $", {Words.Number(Progress.Rejected)} {(Progress.Rejected == 1 ? "was rejected and kept with its" : "were rejected and kept with their")} reasons" : "";
            var end = Outcome is FileImportOutcome.Done ? "" : $" Everything up to row {Words.Number(Progress.LastRow)} is stored.";
            return $"{Words.Count(Progress.Stored, "row")} stored{before}{rejected}, in {Words.Number(Progress.Batches)} {(Progress.Batches == 1 ? "batch" : "batches")}.{end}";
        }
    }
}
