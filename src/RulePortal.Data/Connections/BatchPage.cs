namespace RulePortal.Data.Connections;

/// <summary>Some of the batches.</summary>
/// <param name="Items">Newest first.</param>
/// <param name="Total">How many there are.</param>
public sealed record BatchPage(IReadOnlyList<ConnectionBatch> Items, int Total);
