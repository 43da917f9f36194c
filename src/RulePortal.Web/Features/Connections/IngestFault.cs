namespace RulePortal.Web.Features.Connections;

/// <summary>One thing wrong with one row of a request.</summary>
/// <param name="Row">The row's number, from 1.</param>
/// <param name="Column">The column, or an empty text when the row as a whole is at fault.</param>
/// <param name="Reason">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
/// <param name="Message">All of it as a sentence.</param>
internal sealed record IngestFault(long Row, string Column, string Reason, string Remedy, string Message);
