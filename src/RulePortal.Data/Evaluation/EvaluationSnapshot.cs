using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Rules;

namespace RulePortal.Data.Evaluation;

/// <summary>What an evaluation of a rule reads: the stored connections, of which some are not counted when it looks back.</summary>
public sealed class EvaluationSnapshot : IAsyncDisposable
{
    private readonly ConnectionSnapshot stored;
    private readonly ExcludingConnections? excluding;

    internal EvaluationSnapshot(ConnectionSnapshot stored, AlertedRows alerted)
    {
        this.stored = stored;
        excluding = alerted.Exclusions.Count > 0 ? new ExcludingConnections(stored, alerted.Exclusions) : null;
        IsCut = alerted.IsCut;
    }

    /// <summary>The rows, as a detector asks them.</summary>
    public IConnections Connections => excluding is null ? stored : excluding;

    /// <summary>Whether more alerts had rows than are excluded.</summary>
    public bool IsCut { get; }

    /// <summary>Evaluates, and says in each explanation which rows were not counted.</summary>
    /// <returns>The result rows, and what was excluded: with it, and over the same batches, an evaluation gives the same again.</returns>
    public async Task<(IReadOnlyList<Finding> Findings, IReadOnlyList<ExcludedRows> Excluded)> DetectAsync(
        BoundRule rule, DateTime asOfUtc, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var findings = await rule.DetectAsync(asOfUtc, Connections, cancellationToken);
        IReadOnlyList<ExcludedRows> excluded = excluding is null ? [] : await excluding.ExcludedAsync(cancellationToken);
        return (ExclusionWords.Explain(findings, excluded), excluded);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => stored.DisposeAsync();
}

/// <summary>Opens what evaluations read.</summary>
public sealed class EvaluationSnapshots(ConnectionSnapshots connections)
{
    /// <summary>Opens what an evaluation of a rule reads now: everything stored, without the rows of its alerts as they stand, where it excludes those.</summary>
    /// <param name="rule">What the rule says.</param>
    /// <param name="alertsOf">The stored rule whose alerts they are; null for none.</param>
    /// <param name="span">How far back the evaluation reads.</param>
    /// <param name="maxBatchSeq">The last batch seen; null for all that are stored.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<EvaluationSnapshot> OpenAsync(RuleDefinition rule, Guid? alertsOf, TimeRange span, long? maxBatchSeq, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rule);
        var stored = await connections.OpenAsync(maxBatchSeq, cancellationToken);
        try
        {
            return new EvaluationSnapshot(
                stored,
                rule.BaselineExcludesAlerts && alertsOf is { } id ? await AlertedRows.ReadAsync(stored.Db, id, span, cancellationToken) : AlertedRows.None);
        }
        catch
        {
            await stored.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens what an earlier evaluation read: the batches up to its last, without what it excluded then, however its alerts stand now.</summary>
    /// <param name="excluded">What that attempt excluded.</param>
    /// <param name="maxBatchSeq">The last batch it saw.</param>
    /// <param name="cancellationToken">Stops the opening.</param>
    public async Task<EvaluationSnapshot> OpenFrozenAsync(IReadOnlyList<ExcludedRows> excluded, long maxBatchSeq, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(excluded);
        var alerted = new AlertedRows([.. excluded.Select(each => each.Exclusion)], IsCut: false);
        return new EvaluationSnapshot(await connections.OpenAsync(maxBatchSeq, cancellationToken), alerted);
    }
}
