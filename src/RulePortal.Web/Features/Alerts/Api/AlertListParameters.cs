using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Web.Features.Alerts;

/// <summary>Tells the API's document the filters of the list, which are read together and not bound one by one.</summary>
internal static class AlertListParameters
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        operation.Parameters ??= [];
        Add(operation, "tactic", "Alerts having any of these tactics.", Names<AttackTactic>());
        Add(operation, "severity", "Alerts of any of these severities.", Names<Severity>());
        Add(operation, "status", "Alerts in any of these statuses.", Names<AlertStatus>());
        Add(operation, "rule", "Alerts of any of these rules, by id.", Many(new OpenApiSchema { Type = JsonSchemaType.String, Format = "uuid" }));
        Add(operation, "owner", "'me', 'none', or an owner's id.", Text());
        Add(operation, "since", "Raised within this long before now, such as PT24H or P7D; 'from' and 'to' then do not count.", Text());
        Add(operation, "from", "Raised at or after this instant.", Text("date-time"));
        Add(operation, "to", "Raised before this instant.", Text("date-time"));
        Add(operation, "entity", $"About exactly this: a type ({string.Join(", ", Enum.GetNames<EntityType>())}), a colon and a value, such as Country:Chad.", Text());
        Add(operation, "text", $"Contained in the title or in an entity, in any case; at most {AlertFilter.MaxTextLength} characters.", Text());
        return Task.CompletedTask;
    }

    private static void Add(OpenApiOperation operation, string name, string description, OpenApiSchema schema) =>
        operation.Parameters!.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });

    private static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    private static OpenApiSchema Names<T>()
        where T : struct, Enum =>
        Many(new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. Enum.GetNames<T>().Select(name => (JsonNode)JsonValue.Create(name))] });

    private static OpenApiSchema Many(OpenApiSchema one) => new() { Type = JsonSchemaType.Array, Items = one };
}
