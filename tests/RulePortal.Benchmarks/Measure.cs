namespace RulePortal.Benchmarks;

/// <summary>One line of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Ours">RulePortal's value, with its unit.</param>
/// <param name="DuckDb">DuckDB's value, with its unit, or a dash.</param>
/// <param name="Ratio">Ours against DuckDB's, or a dash.</param>
/// <param name="Target">What was asked for, and whether it was met.</param>
internal sealed record Measure(string What, string Ours, string DuckDb, string Ratio, string Target);
