using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Web.Features.Connections;

/// <summary>A fault of a row as a sentence.</summary>
internal static class FaultSentence
{
    public static string Of(RowFault fault) => fault.Column.Length is 0 ? $"The row {fault.Reason}." : $"{fault.Column} {fault.Reason}.";
}
