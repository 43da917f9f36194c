namespace RulePortal.Data.Connections;

/// <summary>Some of a batch's rejected rows.</summary>
/// <param name="Items">In the order of the file.</param>
/// <param name="Kept">How many are kept.</param>
public sealed record RejectedPage(IReadOnlyList<RejectedRow> Items, int Kept);
