using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace RulePortal.Web.Kit.Api;

/// <summary>Tells the API's document the filters of a list, which are read together and not bound one by one.</summary>
internal static class QueryDescription
{
    public static OpenApiSchema Text(string? format = null) => new() { Type = JsonSchemaType.String, Format = format };

    public static OpenApiSchema Names<T>()
        where T : struct, Enum => AnyOf(Enum.GetNames<T>());

    public static OpenApiSchema AnyOf(IEnumerable<string> names) => Many(new OpenApiSchema { Type = JsonSchemaType.String, Enum = [.. names.Select(name => (JsonNode)JsonValue.Create(name))] });

    public static OpenApiSchema Many(OpenApiSchema one) => new() { Type = JsonSchemaType.Array, Items = one };

    public static OpenApiOperation Takes(this OpenApiOperation operation, string name, string description, OpenApiSchema schema)
    {
        operation.Parameters ??= [];
        operation.Parameters.Add(new OpenApiParameter { Name = name, In = ParameterLocation.Query, Description = description, Schema = schema });
        return operation;
    }
}
