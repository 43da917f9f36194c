using System.Net.Http.Json;
using System.Text.Json;
using RulePortal.Data.Security;
using RulePortal.Detection.Connections;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Connections;

public sealed class IngestApiTests(PortalFactory factory) : IClassFixture<PortalFactory>
{
    [Fact]
    public async Task Document_BodyOfConnections_NamesEveryColumn()
    {
        using var client = await factory.WithKeyAsync(ApiKeyRole.Reader);

        var document = await client.GetFromJsonAsync<JsonElement>("/openapi/v1.json");

        var content = document.GetProperty("paths").GetProperty("/api/v1/connections").GetProperty("post").GetProperty("requestBody").GetProperty("content");
        var record = content.GetProperty("application/x-ndjson").GetProperty("schema");
        Assert.Equal(ConnectionColumns.All.Select(column => column.Name), record.GetProperty("properties").EnumerateObject().Select(column => column.Name));
        Assert.Equal(ConnectionColumns.All.Select(column => column.Description), record.GetProperty("properties").EnumerateObject().Select(column => column.Value.GetProperty("description").GetString()));
        Assert.Equal(["TimeGenerated"], record.GetProperty("required").EnumerateArray().Select(name => name.GetString()));
        Assert.Equal(65_535, record.GetProperty("properties").GetProperty("DestinationPort").GetProperty("maximum").GetInt32());
        Assert.Equal("array", content.GetProperty("application/json").GetProperty("schema").GetProperty("type").GetString());
    }
}
