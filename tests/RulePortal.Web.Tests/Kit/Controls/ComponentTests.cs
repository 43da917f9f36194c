using Bunit;
using Microsoft.AspNetCore.Components;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Detection.Taxonomy;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Kit.Controls;

public sealed class ComponentTests : PageContext
{
    [Fact]
    public void SeverityChip_Each_HasAWordAndAShapeOfItsOwn()
    {
        var shapes = Enum.GetValues<Severity>().Select(severity =>
        {
            var chip = Render<SeverityChip>(p => p.Add(c => c.Severity, severity)).Find(".severity");
            Assert.Equal(severity.ToString(), chip.TextContent.Trim());
            return chip.QuerySelector("path")!.GetAttribute("d");
        });
        Assert.Equal(4, shapes.Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public void StatusChip_Each_IsAWord() =>
        Assert.All(Enum.GetValues<AlertStatus>(), s => Assert.Equal(s.ToString(), Render<StatusChip>(p => p.Add(c => c.Status, s)).Find(".status").TextContent));

    [Fact]
    public void TacticChips_MoreThanFit_NameTheFirstInMatrixOrderAndTellTheRest()
    {
        AttackTactic[] tactics = [AttackTactic.Exfiltration, AttackTactic.Discovery, AttackTactic.CommandAndControl, AttackTactic.Discovery];
        var chips = RenderPage<TacticChips>((nameof(TacticChips.Tactics), tactics), (nameof(TacticChips.Max), 2)).FindAll(".tactic");
        Assert.Equal(["Discovery", "Command and Control", "+1"], chips.Select(c => c.TextContent));
        Assert.Equal("Exfiltration", chips[2].GetAttribute("title"));
    }

    [Fact]
    public void TacticChips_WithALink_LeadThere()
    {
        var chip = RenderPage<TacticChips>((nameof(TacticChips.Tactics), new[] { AttackTactic.Impact }), (nameof(TacticChips.Link), (AttackTactic t) => "/alerts?tactic=" + t)).Find("a");
        Assert.Equal("/alerts?tactic=Impact", chip.GetAttribute("href"));
    }

    [Theory]
    [InlineData(0, "just now")]
    [InlineData(-59, "just now")]
    [InlineData(-60, "1 min ago")]
    [InlineData(-3599, "59 min ago")]
    [InlineData(-3600, "1 h ago")]
    [InlineData(-47 * 3600, "47 h ago")]
    [InlineData(-48 * 3600, "2 d ago")]
    [InlineData(720, "in 12 min")]
    public void UtcTime_Relative_IsInTheLargestUnitThatFits(int seconds, string expected)
    {
        var time = RenderPage<UtcTime>((nameof(UtcTime.Value), Time.GetUtcNow().UtcDateTime.AddSeconds(seconds))).Find("time");
        Assert.Equal(expected, time.TextContent);
    }

    [Fact]
    public void UtcTime_OnHover_IsExact()
    {
        var time = RenderPage<UtcTime>((nameof(UtcTime.Value), new DateTime(2026, 3, 2, 11, 58, 7, DateTimeKind.Utc))).Find("time");
        Assert.Equal("2026-03-02 11:58:07 UTC", time.GetAttribute("title"));
        Assert.Equal("2026-03-02T11:58:07Z", time.GetAttribute("datetime"));
    }

    [Fact]
    public void UtcTime_WhileTheClockRuns_StaysTrue()
    {
        var page = RenderPage<UtcTime>((nameof(UtcTime.Value), Time.GetUtcNow().UtcDateTime));
        Time.Advance(TimeSpan.FromMinutes(3));
        page.WaitForAssertion(() => Assert.Equal("3 min ago", page.Find("time").TextContent));
    }

    [Fact]
    public void UtcTime_Nothing_SaysSo() => Assert.Equal("never", RenderPage<UtcTime>((nameof(UtcTime.Value), null)).Find(".utc-time-none").TextContent);

    [Fact]
    public void LongText_Long_IsCutInTheMiddleAndWholeElsewhere()
    {
        const string Path = @"C:\Windows\System32\config\systemprofile\AppData\Local\Temp\updater-service-host.exe";
        var text = RenderPage<LongText>((nameof(LongText.Text), Path), (nameof(LongText.Max), 20));
        var shown = text.Find("bdi");
        Assert.Equal(@"C:\Windows…-host.exe", shown.TextContent);
        Assert.Equal(Path, shown.GetAttribute("title"));
        Assert.Equal(Path, text.Find("button").GetAttribute("data-copy"));
    }

    [Fact]
    public void LongText_WithHiddenCharacters_ShowsThem()
    {
        var text = RenderPage<LongText>((nameof(LongText.Text), "invoice\u202Egpj.exe\n<b>"));
        Assert.Equal("invoice\\u202Egpj.exe\\u000A<b>", text.Find("bdi").TextContent);
        Assert.Empty(text.FindAll("b"));
    }

    [Fact]
    public void LongText_Empty_SaysSo() => Assert.Equal("(empty)", RenderPage<LongText>((nameof(LongText.Text), "")).Find(".long-text-none").TextContent);

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdefg", 6, "abc…fg")]
    [InlineData("abcdefg", 1, "…")]
    [InlineData("👩‍💻👩‍💻👩‍💻👩‍💻", 3, "👩‍💻…👩‍💻")]
    public void Shorten_Text_NeverCutsACharacter(string text, int max, string expected) => Assert.Equal(expected, SafeText.Shorten(text, max));

    [Fact]
    public void PageHeader_Title_IsTheOnlyH1AndTheTab()
    {
        var header = RenderPage<PageHeader>(
            (nameof(PageHeader.Title), "Rules"), (nameof(PageHeader.ParentUrl), "/"), (nameof(PageHeader.ParentTitle), "Overview"), (nameof(PageHeader.Subtitle), "3 enabled"));
        Assert.Equal("Rules", header.Find("h1").TextContent);
        Assert.Equal("/", header.Find("nav a").GetAttribute("href"));
        Assert.Equal("3 enabled", header.Find(".page-header-subtitle").TextContent);
    }

    [Theory]
    [InlineData(1, 0, "None")]
    [InlineData(1, 5, "1–5 of 5")]
    [InlineData(2, 15, "11–15 of 15")]
    [InlineData(3, 20, "This page is past the end of the list.")]
    [InlineData(1_000_000, 20, "This page is past the end of the list.")]
    public void Pager_Page_TellsWhichPartItIs(int page, int total, string words)
    {
        var pager = RenderPage<Pager>((nameof(Pager.Page), page), (nameof(Pager.Size), 10), (nameof(Pager.Total), total), (nameof(Pager.Link), (int number) => $"/list?page={number}"));
        Assert.Equal(words, pager.Find("[role=status]").TextContent);
        Assert.Equal(page == 1 ? [] : ["/list?page=1"], pager.FindAll("a").Select(link => link.GetAttribute("href")));
    }

    [Theory]
    [InlineData(null, 1)]
    [InlineData("7", 7)]
    [InlineData("0", 1)]
    [InlineData("-3", 1)]
    [InlineData("1e3", 1)]
    [InlineData("2147483647", 1)]
    public void Pager_NumberInAnAddress_IsAPageOrTheFirst(string? text, int expected) => Assert.Equal(expected, Pager.Number(text));

    [Fact]
    public async Task ErrorState_Retry_AsksForIt()
    {
        var asked = 0;
        var state = RenderPage<ErrorState>(
            (nameof(ErrorState.Title), "The alerts could not be read"), (nameof(ErrorState.OnRetry), EventCallback.Factory.Create(this, () => asked++)));
        Assert.Equal("alert", state.Find(".state").GetAttribute("role"));
        await state.Find("button").ClickAsync(new());
        Assert.Equal(1, asked);
    }

    [Fact]
    public void Skeletons_WhileLoading_SayLoading()
    {
        Assert.Equal("Loading", Render<GridSkeleton>().Find("[role=status]").GetAttribute("aria-label"));
        Assert.Equal("Loading", Render<CardSkeleton>().Find("[role=status]").GetAttribute("aria-label"));
    }
}
