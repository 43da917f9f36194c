using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake.Formats;
using RulePortal.Data.Intake.Reading;
using RulePortal.Data.Intake.Spooling;
using RulePortal.Data.Intake.Storing;
using RulePortal.Data.Ledger.Late;
using RulePortal.Data.Telemetry;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Intake;

/// <summary>Stores batches of connections, each whole or not at all.</summary>
public sealed class ConnectionImporter(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TermCache terms, TimeProvider time) : IDisposable
{
    private const int FileNameLength = 300;
    private const int RejectedRowsAtOnce = 1_000;

    private readonly SemaphoreSlim oneAtATime = new(1);

    /// <summary>Judges and stores records as one batch.</summary>
    /// <param name="facts">What is known of the batch.</param>
    /// <param name="records">At most 1,000,000 records.</param>
    /// <param name="cancellationToken">Stops it; nothing is stored then.</param>
    /// <exception cref="ContentTooLargeException">There are more records than a batch can hold.</exception>
    public async Task<BatchResult> ImportAsync(BatchFacts facts, IAsyncEnumerable<VmConnection> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var spooler = new BatchSpooler();
        var row = new RowBuilder(new TermTable()) { NowUtc = time.GetUtcNow().UtcDateTime };
        var parser = new RecordParser();
        await foreach (var record in records.WithCancellation(cancellationToken))
        {
            if (spooler.Count == ConnectionRowId.MaxRowsPerBatch)
            {
                throw ContentTooLargeException.Rows(spooler.Count + 1, ConnectionRowId.MaxRowsPerBatch);
            }

            var isGood = parser.Parse(record, row);
            spooler.Add(row, isGood, spooler.Count + 1, RecordParser.Raw(record, isGood));
        }

        using var batch = spooler.CompleteWithOwnHash();
        return await StoreAsync(facts, batch, cancellationToken);
    }

    /// <summary>Stores a batch that was read.</summary>
    /// <param name="facts">What is known of the batch.</param>
    /// <param name="batch">Its rows.</param>
    /// <param name="cancellationToken">Stops it; nothing is stored then.</param>
    public async Task<BatchResult> StoreAsync(BatchFacts facts, SpooledBatch batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(facts);
        ArgumentNullException.ThrowIfNull(batch);
        using var span = PortalTelemetry.StartIngest(facts.Origin);
        var started = time.GetTimestamp();
        try
        {
            var result = await StoreOnceAsync(facts, batch, cancellationToken);
            PortalTelemetry.Ingested(span, facts.Origin, result, time.GetElapsedTime(started));
            return result;
        }
        catch (Exception error)
        {
            PortalTelemetry.IngestFailed(span, facts.Origin, error, time.GetElapsedTime(started));
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => oneAtATime.Dispose();

    private async Task<BatchResult> StoreOnceAsync(BatchFacts facts, SpooledBatch batch, CancellationToken cancellationToken)
    {
        var key = facts.Key ?? Convert.ToHexStringLower(batch.ContentHash);
        await using var db = await contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, key, batch, cancellationToken) is { } before)
        {
            return before;
        }

        if (batch.Rows + batch.BadRows == 0)
        {
            return new BatchResult(BatchStatus.Empty, null, 0, 0, []);
        }

        if (batch.BadRows > 0 && !facts.SkipBadRows)
        {
            return new BatchResult(BatchStatus.Refused, null, 0, batch.BadRows, batch.FirstBadRows);
        }

        // Batches of this process wait here, in order, rather than for the database's lock.
        await oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () => db.Database.CreateExecutionStrategy().ExecuteAsync(cancellation => WriteAsync(db, key, facts, batch, cancellation), cancellationToken),
                cancellationToken);
        }
        finally
        {
            oneAtATime.Release();
        }
    }

    private static async Task<BatchResult?> FindAsync(PortalDbContext db, string key, SpooledBatch batch, CancellationToken cancellationToken)
    {
        var before = await db.ConnectionBatches.AsNoTracking().SingleOrDefaultAsync(e => e.Key == key && e.WithdrawnUtc == null, cancellationToken);
        return before is null
            ? null
            : new BatchResult(
                CryptographicOperations.FixedTimeEquals(before.ContentHash, batch.ContentHash) ? BatchStatus.AlreadyStored : BatchStatus.Conflict,
                before.Seq,
                before.RowCount,
                before.RejectedCount,
                []);
    }

    private async Task<BatchResult> WriteAsync(PortalDbContext db, string key, BatchFacts facts, SpooledBatch batch, CancellationToken cancellationToken)
    {
        db.ChangeTracker.Clear();
        await using var transaction = await dialect.BeginBatchAsync(db, cancellationToken);

        // Asked again, now that no other batch can come between.
        if (await FindAsync(db, key, batch, cancellationToken) is { } before)
        {
            return before;
        }

        var seq = (await db.ConnectionBatches.MaxAsync(e => (long?)e.Seq, cancellationToken) ?? 0) + 1;
        var row = new ConnectionBatch
        {
            Seq = seq,
            Key = key,
            ContentHash = batch.ContentHash,
            RowCount = batch.Rows,
            RejectedCount = batch.BadRows,
            ReceivedUtc = time.GetUtcNow().UtcDateTime,
            Origin = facts.Origin,
            ActorId = facts.Actor.Id,
            ActorName = facts.Actor.Name,
            FileName = facts.FileName is { Length: > FileNameLength } name ? name[..FileNameLength] : facts.FileName,
            OldestUtc = batch.OldestUtc,
            NewestUtc = batch.NewestUtc,
        };
        db.ConnectionBatches.Add(row);
        db.AuditEntries.Add(new AuditEntry(row.ReceivedUtc, facts.Actor, AuditActions.BatchStore, BatchAudit.Subject(seq), before: null, BatchAudit.State(row)));
        await db.SaveChangesAsync(cancellationToken);
        var found = await WriteRowsAsync(db, seq, batch.OpenReader(), cancellationToken);
        await WriteRejectedAsync(db, seq, batch, cancellationToken);
        if (batch is { OldestUtc: { } oldest, NewestUtc: { } newest })
        {
            await LateMarks.StoredAsync(db, seq, oldest, newest, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        terms.Add(found);
        return new BatchResult(BatchStatus.Stored, seq, batch.Rows, batch.BadRows, batch.FirstBadRows);
    }

    private async Task<IReadOnlyDictionary<byte[], int>> WriteRowsAsync(PortalDbContext db, long seq, SpoolReader spool, CancellationToken cancellationToken)
    {
        if (dialect.IsEmbedded)
        {
            return SqliteBatchWriter.Write(db, seq, spool, terms, cancellationToken);
        }

        using var writer = new SqlServerBatchWriter(db, terms);
        await writer.WriteAsync(seq, spool, cancellationToken);
        return writer.Found;
    }

    private static async Task WriteRejectedAsync(PortalDbContext db, long seq, SpooledBatch batch, CancellationToken cancellationToken)
    {
        if (batch.BadRows == 0)
        {
            return;
        }

        var spool = batch.OpenReader();
        var added = 0;
        while (spool.Read() is { } record)
        {
            if (record is SpoolRecord.Rejected)
            {
                db.RejectedRows.Add(new RejectedRow { BatchSeq = seq, RowNumber = spool.RejectedRow, Faults = spool.RejectedFaults, Raw = spool.RejectedRaw });
                if (++added % RejectedRowsAtOnce == 0)
                {
                    await db.SaveChangesAsync(cancellationToken);
                    db.ChangeTracker.Clear();
                }
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}

/// <summary>What is known of a batch beside its rows.</summary>
/// <param name="Origin">Which way it comes in.</param>
/// <param name="Actor">Who brings it.</param>
public sealed record BatchFacts(BatchOrigin Origin, Actor Actor)
{
    /// <summary>The idempotency key; null takes the content's hash.</summary>
    /// <value>1 to 200 characters.</value>
    public string? Key { get; init; }

    /// <summary>The file's own name, for people.</summary>
    /// <value>Cut at 300 characters.</value>
    public string? FileName { get; init; }

    /// <summary>Whether good rows are stored although there are bad ones, which are kept with their reasons.</summary>
    public bool SkipBadRows { get; init; }
}

/// <summary>What became of a batch that was to be stored.</summary>
public enum BatchStatus
{
    /// <summary>It is stored now.</summary>
    Stored = 0,

    /// <summary>The same key with the same content was stored before; nothing changed.</summary>
    AlreadyStored = 1,

    /// <summary>The same key with other content was stored before; nothing changed.</summary>
    Conflict = 2,

    /// <summary>It has bad rows; nothing is stored and its key stays free.</summary>
    Refused = 3,

    /// <summary>It has no rows; nothing is stored.</summary>
    Empty = 4,
}

/// <summary>What became of a batch.</summary>
/// <param name="Status">The outcome.</param>
/// <param name="Seq">The batch stored now or before; null when there is none.</param>
/// <param name="Stored">Rows stored, now or before.</param>
/// <param name="Rejected">Bad rows: of a refused batch those found, of a stored one those left out.</param>
/// <param name="FirstBadRows">The first twenty bad rows found now.</param>
public sealed record BatchResult(BatchStatus Status, long? Seq, int Stored, int Rejected, IReadOnlyList<BadRow> FirstBadRows);
