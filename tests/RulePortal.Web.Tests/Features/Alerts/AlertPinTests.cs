using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Security;

namespace RulePortal.Web.Tests.Features.Alerts;

/// <summary>Pinning an alert from its page.</summary>
public sealed class AlertPinTests : AlertsPageContext<AlertPage>
{
    private AlertReference seen;

    [Fact]
    public async Task Pin_Chosen_IsSavedAndShownWithItsNote()
    {
        await OpenAsync("Contributor");

        await PinAsync("Pin...", "must fire: raise this alert in its window", "Pin", "The real one.");

        Assert.Equal("Pinned: must fire.", Notice());
        Assert.Equal("Must fire", Squeezed(".pin-mark"));
        Assert.EndsWith(": The real one.", Page.Find(".pin-mark").GetAttribute("title"), StringComparison.Ordinal);
        Assert.Contains("pinned it as must fire", Squeezed(".activity"), StringComparison.Ordinal);
        Assert.Equal((PinKind.MustFire, "The real one."), await StoredAsync());

        await PinAsync("Change pin...", "must not fire: raise none of its rows there", "Change pin", note: null);
        Assert.Equal((PinKind.MustNotFire, "The real one."), await StoredAsync());
        Assert.Contains("pinned it as must not fire, before must fire", Squeezed(".activity"), StringComparison.Ordinal);

        await PinAsync("Change pin...", "may do either: take the pin off", "Take the pin off", note: null);
        Assert.Equal("The pin was taken off.", Notice());
        Assert.Empty(Page.FindAll(".pin-mark"));
    }

    [Fact]
    public async Task Pin_NothingChosen_CannotBeApplied()
    {
        await OpenAsync("Contributor");
        _ = Button("Pin...").ClickAsync(new());

        Page.WaitForAssertion(() => Assert.True(DialogButton("Pin").HasAttribute("disabled")));
    }

    [Fact]
    public async Task Pin_Responder_SeesItAndMayNotChangeIt()
    {
        await OpenAsync("Responder", async () => await new AlertPins(Store, Time).PinAsync(seen, PinKind.MustFire, null, Data.Auditing.Actor.System, CancellationToken.None));

        Assert.Equal("Must fire", Squeezed(".pin-mark"));
        Assert.False(HasButton("Change pin..."));
    }

    [Fact]
    public async Task Pin_AlertChangedMeanwhile_IsToldAndNotPinned()
    {
        await OpenAsync("Contributor");
        await Triage.CommentAsync(seen, "Look.", Ben, CancellationToken.None);

        await PinAsync("Pin...", "must fire: raise this alert in its window", "Pin", note: null);

        Assert.Contains("Nothing was saved, because the alert changed while you were looking: Ben commented.", Page.Markup, StringComparison.Ordinal);
        Assert.Empty(Page.FindAll(".pin-mark"));
    }

    private async Task OpenAsync(string role, Func<Task>? before = null)
    {
        await using (var db = await Store.CreateDbContextAsync())
        {
            var definition = ShippedRules.RareOutboundConnectionByProcess.Definition;
            db.AnalyticsRules.Add(new AnalyticsRule(AlertSeed.FirstRule, definition.Name, enabled: true, AlertSeed.Noon));
            await db.SaveChangesAsync();
        }

        seen = await Store.RaiseAsync(new AlertSeed());
        await (before?.Invoke() ?? Task.CompletedTask);
        SignIn(role);
        Open($"/alerts/{seen.Id}", (nameof(AlertPage.Id), seen.Id));
    }

    private async Task PinAsync(string button, string choice, string apply, string? note)
    {
        // The click is over when the dialog is answered and the alert is written.
        var pinning = Button(button).ClickAsync(new());
        Page.WaitForAssertion(() => Assert.NotNull(Dialog));
        await ChooseAsync(choice);
        if (note is not null)
        {
            await Dialog.QuerySelector("input[type=text], textarea, .mud-input-slot")!.InputAsync(new() { Value = note });
        }

        await DialogButton(apply).ClickAsync(new());
        await pinning;
    }

    private string Notice() => Squeezed(".page-notice .mud-alert-message");

    private async Task<(PinKind, string)> StoredAsync()
    {
        await using var db = await Store.CreateDbContextAsync();
        var pin = await db.AlertPins.SingleAsync();
        return (pin.Kind, pin.Note);
    }
}
