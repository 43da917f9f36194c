using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using RulePortal.EndToEnd.Tests.Hosting;
using static Microsoft.Playwright.Assertions;

namespace RulePortal.EndToEnd.Tests;

/// <summary>What was done in one browser is in the trail that an Administrator reads in another, with the address the circuit was opened from.</summary>
[Collection(DemoTests.Name)]
public sealed class AuditTests(DemoPortal portal)
{
    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 1280)]
    [InlineData(ColorScheme.Light, 390)]
    [InlineData(ColorScheme.Dark, 390)]
    public async Task Comment_OfAResponder_IsReadByAnAdministratorFieldByField(ColorScheme colors, int width)
    {
        var words = $"Asked the owner of the host, {colors} {width}.";
        var responder = await portal.SignInAsync("Responder");
        await responder.OpenAsync("/alerts");
        await responder.Locator("table a[href*='/alerts/']").First.ClickAsync();
        await responder.ReadyAsync();
        await responder.GetByRole(AriaRole.Textbox, new() { Name = "Comment" }).FillAsync(words);
        await responder.Button("Add comment").ClickAsync();
        await Expect(responder.GetByText(words).First).ToBeVisibleAsync();

        var administrator = await portal.SignInAsync("Administrator", width, colors: colors);
        await administrator.OpenAsync("/administration/audit?action=alert.comment");
        var row = administrator.Locator(".audit-table > tbody > tr").First;
        await Expect(row).ToContainTextAsync("Comment on an alert");
        await Expect(row).ToContainTextAsync("127.0.0.1");
        await row.GetByRole(AriaRole.Button, new() { Name = "Details of entry" }).ClickAsync();
        await Expect(administrator.Locator(".audit-entry .change-table")).ToContainTextAsync(words);
        await administrator.Button("Verify now").ClickAsync();
        await Expect(administrator.GetByText("The chain holds")).ToBeVisibleAsync();

        await administrator.ShootAsync($"audit-details-{width}-{colors}".ToLowerInvariant());
        Assert.Equal(width, await administrator.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        var found = await administrator.RunAxe(new AxeRunOptions { ResultTypes = [ResultType.Violations] });
        Assert.Empty(found.Violations.Where(violation => violation.Impact is "serious" or "critical").SelectMany(violation => violation.Nodes.Select(node => $"{violation.Id}: {node.Html}")));
    }
}
