namespace RulePortal.Data.Connections.Parsing;

/// <summary>One thing wrong with a row.</summary>
/// <param name="Column">The column, or an empty text when the row as a whole is at fault.</param>
/// <param name="Reason">What is wrong, to be read after the column's name.</param>
/// <param name="Remedy">What to write instead.</param>
public sealed record RowFault(string Column, string Reason, string Remedy);
