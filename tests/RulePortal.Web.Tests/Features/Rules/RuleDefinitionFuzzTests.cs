using System.Text;
using System.Text.Json;
using CsCheck;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Tests.Fuzz;
using RulePortal.Web.Features.Rules.Api;
using RulePortal.Web.Kit.Api;

namespace RulePortal.Web.Tests.Features.Rules;

/// <summary>Whatever JSON is given as a rule's definition: faults that name their fields, or a definition that validates.</summary>
public sealed class RuleDefinitionFuzzTests
{
    private static readonly JsonSerializerOptions Json = Options();

    [Fact]
    public void Definition_Mutated_IsJudgedOrValid()
    {
        var shipped = JsonSerializer.SerializeToUtf8Bytes(RuleDefinitionBody.Of(ShippedRules.RareOutboundConnectionByProcess.Definition), Json);
        var read = 0;
        Mutated.Of(shipped).Sample(
            bytes =>
            {
                JsonElement body;
                try
                {
                    body = JsonSerializer.Deserialize<JsonElement>(bytes, Json);
                }
                catch (JsonException)
                {
                    // Answered with 400 before the definition is looked at.
                    return;
                }

                Interlocked.Increment(ref read);
                var (definition, errors) = RuleDefinitionReader.Read(body, DetectorCatalog.Shipped);
                Assert.All(errors, error => Assert.True(error.Field.Length > 0 && error.Message.Length is > 0 and < 2_000));
                if (errors.Count == 0)
                {
                    Assert.Empty(DetectorCatalog.Shipped.Check(definition!, out _));
                }
            },
            iter: int.TryParse(Environment.GetEnvironmentVariable("CsCheck_Iter"), out var iterations) ? iterations : 20_000);

        Assert.True(read > 0, $"{Encoding.UTF8.GetString(shipped)} never stayed JSON.");
    }

    private static JsonSerializerOptions Options()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);
        ApiRegistration.AddConverters(options);
        return options;
    }
}
