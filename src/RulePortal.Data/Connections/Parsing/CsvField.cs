namespace RulePortal.Data.Connections.Parsing;

/// <summary>Where a field lies in its record, without its quotes.</summary>
/// <param name="Start">First byte.</param>
/// <param name="Length">Bytes.</param>
/// <param name="HasDoubledQuotes">Whether quotes in it are written twice.</param>
internal readonly record struct CsvField(int Start, int Length, bool HasDoubledQuotes);
