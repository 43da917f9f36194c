using System.Reflection;
using RulePortal.Data.Auditing;
using RulePortal.Web.Features.Administration.Auditing;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class AuditWordsTests
{
    [Fact]
    public void Action_EveryOne_IsListedAndHasWords()
    {
        var named = typeof(AuditActions).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).Order(StringComparer.Ordinal).ToList();

        Assert.Equal(named, AuditActions.All.Order(StringComparer.Ordinal));
        Assert.DoesNotContain(named, action => AuditWords.Action(action) == action);
        Assert.Equal(named.Count, named.Select(AuditWords.Action).Distinct().Count());
    }

    [Fact]
    public void Action_OfALaterVersion_IsShownAsItIs() => Assert.Equal("rule.fly", AuditWords.Action("rule.fly"));

    [Theory]
    [InlineData("alert:7", "/alerts/7")]
    [InlineData("batch:7", "/connections?batch=7")]
    [InlineData("rule:1c408090-0320-44d5-aba8-e55500c2cfad", "/rules/1c408090-0320-44d5-aba8-e55500c2cfad")]
    [InlineData("apikey:x", "/administration")]
    [InlineData("rule:../../evil", null)]
    [InlineData("alert:-7", null)]
    [InlineData("GET https://evil.example", null)]
    [InlineData("javascript:alert(1)", null)]
    public void Link_OfASubject_LeadsInsideThePortalOrNowhere(string subject, string? expected) => Assert.Equal(expected, AuditWords.Link(subject));
}
