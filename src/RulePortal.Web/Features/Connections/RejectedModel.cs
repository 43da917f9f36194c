using System.Text.Json;
using RulePortal.Data.Connections;
using RulePortal.Data.Connections.Parsing;

namespace RulePortal.Web.Features.Connections;

/// <summary>A rejected row as pages and the API show it.</summary>
/// <param name="Row">Its number in the file or request.</param>
/// <param name="Faults">Everything wrong with it.</param>
/// <param name="Raw">The row as it came, cut at 8,000 characters.</param>
internal sealed record RejectedModel(long Row, IReadOnlyList<RowFault> Faults, string Raw)
{
    public static RejectedModel Of(RejectedRow row) => new(row.RowNumber, JsonSerializer.Deserialize<List<RowFault>>(row.Faults, JsonSerializerOptions.Web) ?? [], row.Raw);
}
