namespace RulePortal.Data.Connections;

/// <summary>What became of a wish to withdraw a batch.</summary>
/// <param name="Outcome">The outcome.</param>
/// <param name="Batch">The batch as it is now; null when there is none.</param>
public sealed record WithdrawalResult(WithdrawalOutcome Outcome, ConnectionBatch? Batch);
