using System.Text.Json;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Tests.Rules;

/// <summary>Versions are kept for ever, so the text of an old one is read by every later portal.</summary>
public sealed class RuleDefinitionJsonTests
{
    [Fact]
    public void Read_VersionFromBeforeAField_TakesTheFieldsDefault()
    {
        var rule = RuleDefinitionJson.Read("""{"name":"Old","detector":"any","severity":"High","queryFrequency":"01:00:00","triggerThreshold":3}""");

        Assert.Equal(new RuleDefinition { Name = "Old", Detector = "any", Severity = Severity.High, TriggerThreshold = 3 } with { Tactics = rule.Tactics, Techniques = rule.Techniques }, rule);
        Assert.Equal(TimeSpan.FromDays(7), rule.LearningPeriod);
        Assert.Empty(rule.Tactics);
    }

    [Fact]
    public void Read_FieldOfALaterPortal_IsLeftOut() =>
        Assert.Equal("New", RuleDefinitionJson.Read("""{"name":"New","detector":"any","inventedLater":{"a":1}}""").Name);

    [Theory]
    [InlineData("null")]
    [InlineData("""{"name":"No detector"}""")]
    [InlineData("""{"name":"x","detector":"any","severity":"Purple"}""")]
    public void Read_NoDefinition_Throws(string json) => Assert.Throws<JsonException>(() => RuleDefinitionJson.Read(json));

    [Fact]
    public void Write_ThenRead_IsTheSame()
    {
        var rule = LedgerStore.Definition with { LearningPeriod = TimeSpan.Zero, SuppressionDuration = TimeSpan.FromHours(5), Description = "Ä \u202e \"" };

        var again = RuleDefinitionJson.Read(RuleDefinitionJson.Write(rule));

        Assert.Equal(rule, again with { Tactics = rule.Tactics, Techniques = rule.Techniques });
    }
}
