namespace RulePortal.Data.Evaluation.Replay;

/// <summary>How much a replay compared.</summary>
/// <param name="RowsThen">Result rows that the evaluation gave the alert.</param>
/// <param name="RowsKept">Those kept as evidence.</param>
/// <param name="RowsNow">Result rows that it gives today.</param>
/// <param name="Rows">Rows compared with each other.</param>
/// <param name="Values">Values of their columns compared.</param>
/// <param name="Measures">Numbers of their explanations, and of the evaluation as a whole, compared.</param>
public sealed record ReplayCounts(int RowsThen, int RowsKept, int RowsNow, int Rows, int Values, int Measures);
