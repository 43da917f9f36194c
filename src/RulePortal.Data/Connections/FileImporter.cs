using System.Globalization;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections.Parsing;
using RulePortal.Data.Connections.Storing;

namespace RulePortal.Data.Connections;

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
            using ConnectionReader reader = await ConnectionReader.OpenAsync(content, new ContentOptions(), time, cancellationToken);
            string prefix = $"import:{Convert.ToHexStringLower(reader.HeadHash)[..HeadDigits]}:";
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
        ConnectionReader reader, string prefix, FileImportOptions options, FileImportProgress state, Action<FileImportProgress> report, CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var batches = Channel.CreateBounded<SpooledBatch>(1);
        Task reading = Task.Run(() => ReadAsync(reader, state.BatchRows, batches.Writer, stop.Token), CancellationToken.None);
        try
        {
            long place = 1;
            await foreach (SpooledBatch batch in batches.Reader.ReadAllAsync(cancellationToken))
            {
                using (batch)
                {
                    BatchResult result = await importer.StoreAsync(
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
            while (batches.Reader.TryRead(out SpooledBatch? left))
            {
                left.Dispose();
            }
        }
    }

    private static async Task ReadAsync(ConnectionReader reader, int batchRows, ChannelWriter<SpooledBatch> batches, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            while (!reader.IsAtEnd)
            {
                SpooledBatch batch = await reader.ReadBatchAsync(batchRows, cancellationToken);
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
        await using PortalDbContext db = await contexts.CreateDbContextAsync(cancellationToken);
        string? key = await db.ConnectionBatches
            .Where(batch => batch.Key.StartsWith(prefix) && batch.WithdrawnUtc == null)
            .OrderBy(batch => batch.Seq)
            .Select(batch => batch.Key)
            .FirstOrDefaultAsync(cancellationToken);
        return key is null ? null : int.Parse(key[prefix.Length..key.LastIndexOf(':')], CultureInfo.InvariantCulture);
    }
}
