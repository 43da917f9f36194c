using Bunit;
using Microsoft.AspNetCore.Components;
using RulePortal.Web.Kit.Controls;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Kit.Controls;

public sealed class DurationFieldTests : PageContext
{
    private TimeSpan? value = TimeSpan.FromHours(1);

    [Fact]
    public void Field_AtFirst_ShowsTheValueAsPeopleReadIt() => Assert.Equal("1 h", Render().Find("input").GetAttribute("value"));

    [Theory]
    [InlineData("30d", 30 * 24 * 60, "30 d")]
    [InlineData("1h 30m", 90, "1 h 30 min")]
    [InlineData("PT70M", 70, "1 h 10 min")]
    public async Task Typing_ADuration_ChangesTheValueAndShowsItAsRead(string typed, int minutes, string shown)
    {
        var field = Render();
        await field.Find("input").ChangeAsync(typed);

        Assert.Equal(TimeSpan.FromMinutes(minutes), value);
        Assert.Equal(shown, field.Find("input").GetAttribute("value"));
    }

    [Theory]
    [InlineData("soon", "This is no duration")]
    [InlineData("5", "Say the unit")]
    [InlineData("1m", "At least 5 min.")]
    [InlineData("61d", "At most 60 d.")]
    [InlineData("", "Write a duration")]
    public async Task Typing_WhatCannotBe_SaysSoAndKeepsTheValue(string typed, string fault)
    {
        var field = Render();
        await field.Find("input").ChangeAsync(typed);
        await field.Find("input").BlurAsync(new());

        field.WaitForAssertion(() => Assert.Contains(fault, field.Markup, StringComparison.Ordinal));
        Assert.Equal(TimeSpan.FromHours(1), value);
    }

    [Fact]
    public async Task Typing_NothingWhereNothingIsAllowed_MeansNoDuration()
    {
        var field = Render(required: false);
        await field.Find("input").ChangeAsync("");

        Assert.Null(value);
    }

    private IRenderedComponent<Harness<DurationField>> Render(bool required = true) => RenderPage<DurationField>(
        (nameof(DurationField.Label), "Look back"),
        (nameof(DurationField.Value), value),
        (nameof(DurationField.ValueChanged), EventCallback.Factory.Create<TimeSpan?>(this, v => value = v)),
        (nameof(DurationField.Min), TimeSpan.FromMinutes(5)),
        (nameof(DurationField.Max), TimeSpan.FromDays(60)),
        (nameof(DurationField.Required), required));
}
