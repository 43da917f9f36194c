using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;

namespace RulePortal.Data.Connections;

/// <summary>What an evaluation of a rule reads: the stored connections, of which some are not counted when it looks back.</summary>
public sealed class EvaluationHistory : IAsyncDisposable
{
    private readonly SqlConnectionHistory _stored;
    private readonly ExcludingHistory? _excluding;

    internal EvaluationHistory(SqlConnectionHistory stored, AlertedRows kept)
    {
        _stored = stored;
        _excluding = kept.Exclusions.Count > 0 ? new ExcludingHistory(stored, kept.Exclusions) : null;
        IsCut = kept.IsCut;
    }

    /// <summary>The rows, as a detector asks them.</summary>
    public IConnectionScan Rows => _excluding is null ? _stored : _excluding;

    /// <summary>Whether more alerts had rows than are kept out.</summary>
    public bool IsCut { get; }

    /// <summary>Evaluates, and says in each explanation which rows were not counted.</summary>
    /// <returns>The result rows, and what was kept out: with it, and over the same batches, an evaluation gives the same again.</returns>
    public async Task<(IReadOnlyList<Finding> Findings, IReadOnlyList<KeptOutRows> KeptOut)> DetectAsync(IDetector detector, DetectionContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(detector);
        IReadOnlyList<Finding> findings = await detector.DetectAsync(context, Rows, cancellationToken);
        IReadOnlyList<KeptOutRows> kept = _excluding is null ? [] : await _excluding.KeptOutAsync(cancellationToken);
        return (KeptOutWords.Explain(findings, kept), kept);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync() => _stored.DisposeAsync();
}
