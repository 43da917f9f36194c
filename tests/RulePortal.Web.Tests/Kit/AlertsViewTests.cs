using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Reading;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Api;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Tests.Kit;

public sealed class AlertsViewTests
{
    private static readonly DateTime Now = new(2026, 3, 10, 12, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void ToQuery_OfEverything_ReadsBackTheSame()
    {
        var view = new AlertsView
        {
            Tactics = [AttackTactic.Discovery, AttackTactic.Exfiltration],
            Severities = [Severity.Low, Severity.High],
            Statuses = [AlertStatus.New],
            Rules = [Guid.NewGuid(), Guid.NewGuid()],
            Owner = "entra:a/b&c",
            FromUtc = Now.AddTicks(1),
            ToUtc = Now.AddDays(1),
            Entity = new FindingEntity(EntityType.Process, "a:b&c=d +%20\u202E"),
            Text = "100% & <more>",
            Order = new AlertOrder(AlertSort.Severity, Descending: true),
            Page = 3,
            Size = 50,
        };

        var (read, faults) = AlertsViewReader.Read(new Uri("http://localhost" + PortalUrls.Alerts(view)));

        Assert.Empty(faults);
        Assert.Equivalent(view, read, strict: true);
        Assert.Equal(view.ToQuery(), read.ToQuery());
    }

    [Fact]
    public void ToQuery_OfThePlainList_IsEmpty() => Assert.Equal("/alerts", PortalUrls.Alerts(new AlertsView()));

    [Fact]
    public void Read_Since_GoesBeforeFromAndToAndFollowsTheClock()
    {
        var (view, faults) = Read("?since=P1D&from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z");

        var filter = view.ToFilter("me", Now);
        Assert.Empty(faults);
        Assert.Equal((Now.AddDays(-1), null), (filter.RaisedFromUtc, filter.RaisedToUtc));
        Assert.Equal("?since=P1D", view.ToQuery());
    }

    [Theory]
    [InlineData("?owner=me", "dev:ada", false)]
    [InlineData("?owner=none", null, true)]
    [InlineData("?owner=entra:x", "entra:x", false)]
    public void ToFilter_Owner_IsThePersonOrNobodyOrAnId(string query, string? ownerId, bool unassigned)
    {
        var filter = Read(query).View.ToFilter("dev:ada", Now);

        Assert.Equal((ownerId, unassigned), (filter.OwnerId, filter.Unassigned));
    }

    [Theory]
    [InlineData("?severity=Huge", "severity")]
    [InlineData("?severity=3", "severity")]
    [InlineData("?severity=High,Low", "severity")]
    [InlineData("?tactic=%23Discover", "tactic")]
    [InlineData("?status=Open", "status")]
    [InlineData("?rule=1", "rule")]
    [InlineData("?since=yesterday", "since")]
    [InlineData("?since=P9999999D", "since")]
    [InlineData("?since=PT0S", "since")]
    [InlineData("?from=soon", "from")]
    [InlineData("?to=2026-99-99", "to")]
    [InlineData("?entity=Moldova", "entity")]
    [InlineData("?entity=Country:", "entity")]
    [InlineData("?entity=Town:Chad", "entity")]
    [InlineData("?owner=a&owner=b", "owner")]
    [InlineData("?sort=Colour", "sort")]
    [InlineData("?sort=Title&order=up", "order")]
    [InlineData("?page=0", "page")]
    [InlineData("?page=-1", "page")]
    [InlineData("?size=101", "size")]
    public void Read_ValueThatIsNone_IsAFaultAndLeftOut(string query, string parameter)
    {
        var (view, faults) = Read(query);

        Assert.Equal(parameter, Assert.Single(faults).Parameter);
        Assert.Equal(query.StartsWith("?owner", StringComparison.Ordinal), view.IsFiltered);
    }

    [Fact]
    public void Read_TextTooLong_IsAFault() => Assert.Equal("text", Assert.Single(Read("?text=" + new string('x', AlertFilter.MaxTextLength + 1)).Faults).Parameter);

    [Fact]
    public void Read_SeveralFaults_TellsThemAll() => Assert.Equal(["severity", "status", "page"], Read("?page=x&status=y&severity=z").Faults.Select(fault => fault.Parameter));

    [Fact]
    public void Read_UnknownKeys_AreNotLookedAt() => Assert.Empty(Read("?utm=1&evidence=2").Faults);

    private static (AlertsView View, IReadOnlyList<RulePortal.Web.Kit.Api.QueryFault> Faults) Read(string query) => AlertsViewReader.Read(new Uri("http://localhost/alerts" + query));
}
