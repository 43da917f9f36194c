using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Data.Tests.Ledger;
using RulePortal.Data.Tests.Stores;

namespace RulePortal.Data.Tests.Auditing;

public sealed class AuditDiffTests
{
    [Fact]
    public void Between_TwoStates_NamesWhatDiffersAlone() => Assert.Equal(
        [new FieldChange("status", "New", "Active"), new FieldChange("owner", null, "Ada")],
        AuditDiff.Between("""{"status":"New","severity":"Low","closedUtc":null}""", """{"status":"Active","severity":"Low","owner":"Ada"}"""));

    [Fact]
    public void Between_NestedAndLists_HaveDottedNames() => Assert.Equal(
        [
            new FieldChange("a.b", "1", "2"), new FieldChange("roles", "Reader", "Reader, Responder"), new FieldChange("rows[1].x", null, "true"),
        ],
        AuditDiff.Between("""{"a":{"b":1,"c":3},"roles":["Reader"],"rows":[{"x":false}]}""", """{"a":{"b":2,"c":3},"roles":["Reader","Responder"],"rows":[{"x":false},{"x":true}]}"""));

    [Fact]
    public void Between_SomethingNewOrGone_IsAllItHas()
    {
        Assert.Equal([new FieldChange("name", null, "collector")], AuditDiff.Between(null, """{"name":"collector"}"""));
        Assert.Equal([new FieldChange("name", "collector", null)], AuditDiff.Between("""{"name":"collector"}""", null));
        Assert.Empty(AuditDiff.Between(null, null));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{\"a\":")]
    public void Between_NoJson_IsShownAsItIs(string text) => Assert.Equal([new FieldChange("", null, text)], AuditDiff.Between(null, text));

    [Fact]
    public void Of_RuleSaved_IsComparedAsItsVersionsAre()
    {
        string before = RuleDefinitionJson.Write(LedgerStore.Definition);
        string after = RuleDefinitionJson.Write(LedgerStore.Definition with { TriggerThreshold = 9, QueryFrequency = TimeSpan.FromHours(2) });

        Assert.Equal(
            [new FieldChange("queryFrequency", "PT1H", "PT2H"), new FieldChange("triggerThreshold", "5", "9")],
            AuditDiff.Of(new AuditEntry(default, TestStore.Ada, AuditActions.RuleSave, "rule:1", before, after)));
    }

    [Fact]
    public void Of_RuleThatIsNoDefinitionAnyMore_IsComparedAsAnyState() => Assert.Equal(
        [new FieldChange("name", "a", "b")],
        AuditDiff.Of(new AuditEntry(default, TestStore.Ada, AuditActions.RuleSave, "rule:1", """{"name":"a"}""", """{"name":"b"}""")));
}
