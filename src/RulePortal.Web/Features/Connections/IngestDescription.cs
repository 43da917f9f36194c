using System.Globalization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using RulePortal.Detection.Connections;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Features.Connections;

/// <summary>Tells the API's document what a record may hold: the list of columns, and whatever else comes goes into Details.</summary>
internal static class IngestDescription
{
    public static Task DescribeAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var record = new OpenApiSchema
        {
            Type = JsonSchemaType.Object,
            Properties = ConnectionColumns.All.ToDictionary(column => column.Name, Column, StringComparer.Ordinal),
            Required = new HashSet<string>(StringComparer.Ordinal) { ConnectionColumns.TimeGenerated.Name },
            AdditionalPropertiesAllowed = true,
        };
        operation.RequestBody = new OpenApiRequestBody
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                ["application/json"] = new OpenApiMediaType { Schema = QueryDescription.Many(record) },
                ["application/x-ndjson"] = new OpenApiMediaType { Schema = record },
                ["text/csv"] = new OpenApiMediaType { Schema = QueryDescription.Text() },
            },
        };
        return Task.CompletedTask;
    }

    private static IOpenApiSchema Column(ConnectionColumn column) => new OpenApiSchema
    {
        Description = column.Description,
        Type = column.Type switch
        {
            ColumnType.Whole => JsonSchemaType.Integer | JsonSchemaType.Null,
            ColumnType.Real => JsonSchemaType.Number | JsonSchemaType.Null,
            ColumnType.Time => JsonSchemaType.String,
            _ => JsonSchemaType.String | JsonSchemaType.Null,
        },
        Format = column switch
        {
            { Type: ColumnType.Time } => "date-time",
            { Type: ColumnType.Real } => "double",
            { Type: ColumnType.Whole } => column.IsShort ? "int32" : "int64",
            _ => null,
        },
        MaxLength = column.MaxLength > 0 ? column.MaxLength : null,
        Minimum = column.Min > int.MinValue ? column.Min.ToString(CultureInfo.InvariantCulture) : null,
        Maximum = column.Max < int.MaxValue ? column.Max.ToString(CultureInfo.InvariantCulture) : null,
    };
}
