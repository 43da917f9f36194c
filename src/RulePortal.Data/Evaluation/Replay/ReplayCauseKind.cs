namespace RulePortal.Data.Evaluation.Replay;

/// <summary>Why a replay can differ.</summary>
public enum ReplayCauseKind
{
    /// <summary>Retention let rows go that the evaluation read.</summary>
    Retention = 0,

    /// <summary>A batch that the evaluation read was withdrawn.</summary>
    WithdrawnBatch = 1,

    /// <summary>Nothing that the evaluation read has gone: the code gives another answer.</summary>
    DetectorCode = 2,
}
