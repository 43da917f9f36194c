namespace RulePortal.Data.Connections.Parsing;

/// <summary>A row that cannot be stored.</summary>
/// <param name="Row">Its number in the file or request, from 1: the line of NDJSON, the element of a JSON array, the record after the header of CSV.</param>
/// <param name="Faults">Everything wrong with it.</param>
public sealed record BadRow(long Row, IReadOnlyList<RowFault> Faults);
