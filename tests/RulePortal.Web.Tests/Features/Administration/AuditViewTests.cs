using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Web.Features.Administration.Auditing;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Tests.Features.Administration;

public sealed class AuditViewTests
{
    private static readonly DateTime Now = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void ToUrl_Everything_IsReadBackAsItWas()
    {
        var view = new AuditView
        {
            FromUtc = Now.AddDays(-1),
            ToUtc = Now.AddTicks(7),
            Actors = ["entra:t/ann", "key:1 & 2"],
            Actions = [AuditActions.RuleSave, AuditActions.KeyUse],
            Outcomes = [AuditOutcome.Denied, AuditOutcome.Failed],
            Text = "100% #1",
            Page = 3,
        };

        var (read, faults) = AuditViewReader.Read(new QueryCollection(QueryHelpers.ParseQuery(new Uri("http://localhost" + view.ToUrl()).Query)));

        Assert.Empty(faults);
        Assert.Equal(view.ToUrl(), read.ToUrl());
        Assert.Equal(view.ToFilter(Now) with { ActorIds = [], Actions = [], Outcomes = [] }, read.ToFilter(Now) with { ActorIds = [], Actions = [], Outcomes = [] });
        Assert.Equal(view.Actors, read.Actors);
        Assert.DoesNotContain("page", view.ToCsvUrl(), StringComparison.Ordinal);
    }

    [Fact]
    public void ToFilter_Since_CountsBeforeTheInstants()
    {
        var filter = new AuditView { Since = TimeSpan.FromHours(2), FromUtc = Now.AddDays(-9), ToUtc = Now.AddDays(-8) }.ToFilter(Now);

        Assert.Equal((Now.AddHours(-2), (DateTime?)null), (filter.FromUtc!.Value, filter.ToUtc));
    }

    [Fact]
    public void Plain_View_IsThePlainAddress()
    {
        Assert.Equal("/administration/audit", new AuditView().ToUrl());
        Assert.False(new AuditView { Page = 2 }.IsFiltered);
    }

    [Fact]
    public void Read_TooManyActors_IsAFault()
    {
        var query = "?" + string.Join('&', Enumerable.Range(0, 51).Select(number => $"actor=a{number}"));

        Assert.Equal("actor", Assert.Single(AuditViewReader.Read(new QueryCollection(QueryHelpers.ParseQuery(query))).Faults).Parameter);
    }
}
