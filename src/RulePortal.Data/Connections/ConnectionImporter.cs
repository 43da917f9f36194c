using System.Diagnostics;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Data.Analytics;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections.Parsing;
using RulePortal.Data.Connections.Storing;
using RulePortal.Data.Operations;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Connections;

/// <summary>Stores batches of connections, each whole or not at all.</summary>
public sealed class ConnectionImporter : IDisposable
{
    private const int FileNameLength = 300;
    private const int RejectedRowsAtOnce = 1_000;

    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly ConnectionDialect _dialect;
    private readonly TermCache _terms;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _oneAtATime = new(1);

    /// <summary>Makes it.</summary>
    public ConnectionImporter(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TermCache terms, TimeProvider time)
    {
        _contexts = contexts;
        _dialect = dialect;
        _terms = terms;
        _time = time;
    }

    /// <summary>Judges and stores records as one batch.</summary>
    /// <param name="facts">What is known of the batch.</param>
    /// <param name="records">At most 1,000,000 records.</param>
    /// <param name="cancellationToken">Stops it; nothing is stored then.</param>
    /// <exception cref="ContentTooLargeException">There are more records than a batch can hold.</exception>
    public async Task<BatchResult> ImportAsync(BatchFacts facts, IAsyncEnumerable<VmConnection> records, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(records);
        using var spooler = new BatchSpooler();
        var row = new RowBuilder(new TermTable()) { NowUtc = _time.GetUtcNow().UtcDateTime };
        await foreach (VmConnection record in records.WithCancellation(cancellationToken))
        {
            if (spooler.Count == ConnectionRowId.MaxRowsPerBatch)
            {
                throw ContentTooLargeException.Rows(spooler.Count + 1, ConnectionRowId.MaxRowsPerBatch);
            }

            bool isGood = RecordParser.Parse(record, row);
            spooler.Add(row, isGood, spooler.Count + 1, RecordParser.Raw(record, isGood));
        }

        using SpooledBatch batch = spooler.CompleteWithOwnHash();
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
        using Activity? span = PortalTelemetry.StartIngest(facts.Origin);
        long started = _time.GetTimestamp();
        try
        {
            BatchResult result = await StoreOnceAsync(facts, batch, cancellationToken);
            PortalTelemetry.Ingested(span, facts.Origin, result, _time.GetElapsedTime(started));
            return result;
        }
        catch (Exception error)
        {
            PortalTelemetry.IngestFailed(span, facts.Origin, error, _time.GetElapsedTime(started));
            throw;
        }
    }

    /// <inheritdoc />
    public void Dispose() => _oneAtATime.Dispose();

    private async Task<BatchResult> StoreOnceAsync(BatchFacts facts, SpooledBatch batch, CancellationToken cancellationToken)
    {
        string key = facts.Key ?? Convert.ToHexStringLower(batch.ContentHash);
        await using PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        if (await FindAsync(db, key, batch, cancellationToken) is { } before)
        {
            return before;
        }

        if (batch.Rows + batch.BadRows is 0)
        {
            return new BatchResult(BatchStatus.Empty, null, 0, 0, []);
        }

        if (batch.BadRows > 0 && !facts.SkipBadRows)
        {
            return new BatchResult(BatchStatus.Refused, null, 0, batch.BadRows, batch.FirstBadRows);
        }

        // Batches of this process wait here, in order, rather than for the database's lock.
        await _oneAtATime.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(
                () => db.Database.CreateExecutionStrategy().ExecuteAsync(cancellation => WriteAsync(db, key, facts, batch, cancellation), cancellationToken),
                cancellationToken);
        }
        finally
        {
            _oneAtATime.Release();
        }
    }

    private static async Task<BatchResult?> FindAsync(PortalDbContext db, string key, SpooledBatch batch, CancellationToken cancellationToken)
    {
        ConnectionBatch? before = await db.ConnectionBatches.AsNoTracking().SingleOrDefaultAsync(e => e.Key == key && e.WithdrawnUtc == null, cancellationToken);
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
        await using IDbContextTransaction transaction = await _dialect.BeginBatchAsync(db, cancellationToken);

        // Asked again, now that no other batch can come between.
        if (await FindAsync(db, key, batch, cancellationToken) is { } before)
        {
            return before;
        }

        long seq = (await db.ConnectionBatches.MaxAsync(e => (long?)e.Seq, cancellationToken) ?? 0) + 1;
        var row = new ConnectionBatch
        {
            Seq = seq,
            Key = key,
            ContentHash = batch.ContentHash,
            RowCount = batch.Rows,
            RejectedCount = batch.BadRows,
            ReceivedUtc = _time.GetUtcNow().UtcDateTime,
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
        IReadOnlyDictionary<byte[], int> found = await _dialect.WriteAsync(db, seq, batch.OpenReader(), _terms, cancellationToken);
        await WriteRejectedAsync(db, seq, batch, cancellationToken);
        if (batch is { OldestUtc: { } oldest, NewestUtc: { } newest })
        {
            await LateMarks.StoredAsync(db, seq, oldest, newest, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        _terms.Add(found);
        return new BatchResult(BatchStatus.Stored, seq, batch.Rows, batch.BadRows, batch.FirstBadRows);
    }

    private static async Task WriteRejectedAsync(PortalDbContext db, long seq, SpooledBatch batch, CancellationToken cancellationToken)
    {
        if (batch.BadRows is 0)
        {
            return;
        }

        SpoolReader spool = batch.OpenReader();
        int added = 0;
        while (spool.Read() is { } record)
        {
            if (record is SpoolRecord.Rejected)
            {
                db.RejectedRows.Add(new RejectedRow { BatchSeq = seq, RowNumber = spool.RejectedRow, Faults = spool.RejectedFaults, Raw = spool.RejectedRaw });
                if (++added % RejectedRowsAtOnce is 0)
                {
                    await db.SaveChangesAsync(cancellationToken);
                    db.ChangeTracker.Clear();
                }
            }
        }

        await db.SaveChangesAsync(cancellationToken);
    }
}
