using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Connections;

/// <summary>Opens consistent reads of the stored connections.</summary>
public sealed class ConnectionHistoryFactory
{
    private readonly IDbContextFactory<PortalDbContext> _contexts;
    private readonly ConnectionDialect _dialect;
    private readonly TermCache _terms;

    /// <summary>Makes it.</summary>
    public ConnectionHistoryFactory(IDbContextFactory<PortalDbContext> contexts, ConnectionDialect dialect, TermCache terms)
    {
        _contexts = contexts;
        _dialect = dialect;
        _terms = terms;
    }

    /// <summary>Opens a read of everything stored.</summary>
    public Task<SqlConnectionHistory> OpenAsync(CancellationToken cancellationToken) => OpenAsync(null, cancellationToken);

    /// <summary>Opens what an evaluation of a rule reads now: everything stored, without the rows of its alerts as they stand, where it keeps those out.</summary>
    /// <param name="rule">What the rule says.</param>
    /// <param name="alertsOf">The stored rule whose alerts they are; null for none.</param>
    /// <param name="span">How far back the evaluation reads.</param>
    /// <param name="maxBatchSeq">The last batch seen; null for all that are stored.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<EvaluationHistory> OpenAsync(RuleDefinition rule, Guid? alertsOf, TimeRange span, long? maxBatchSeq, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        SqlConnectionHistory stored = await OpenAsync(maxBatchSeq, cancellationToken);
        try
        {
            return new EvaluationHistory(stored, rule.BaselineExcludesAlerts && alertsOf is { } id ? await stored.AlertedRowsAsync(id, span, cancellationToken) : AlertedRows.None);
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens what an earlier evaluation read: the batches up to its last, without what it kept out then, however its alerts stand now.</summary>
    /// <param name="keptOut">What that attempt kept out: <see cref="Rules.RuleQueries.KeptOutAsync"/>.</param>
    /// <param name="maxBatchSeq">The last batch it saw.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<EvaluationHistory> OpenFrozenAsync(IReadOnlyList<KeptOutRows> keptOut, long maxBatchSeq, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(keptOut);
        return new EvaluationHistory(await OpenAsync(maxBatchSeq, cancellationToken), new AlertedRows([.. keptOut.Select(each => each.Exclusion)], IsCut: false));
    }

    /// <summary>Opens a read of the batches up to one, as a replay of an earlier read needs it.</summary>
    /// <param name="maxBatchSeq">The last batch seen; null for all that are stored.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<SqlConnectionHistory> OpenAsync(long? maxBatchSeq, CancellationToken cancellationToken)
    {
        PortalDbContext db = await _contexts.CreateDbContextAsync(cancellationToken);
        try
        {
            IDbContextTransaction transaction = await _dialect.BeginReadAsync(db, cancellationToken);
            long stored = await db.ConnectionBatches.MaxAsync(batch => (long?)batch.Seq, cancellationToken) ?? 0;
            return new SqlConnectionHistory(db, transaction, _terms, Math.Min(stored, maxBatchSeq ?? stored));
        }
        catch
        {
            await db.DisposeAsync();
            throw;
        }
    }
}
