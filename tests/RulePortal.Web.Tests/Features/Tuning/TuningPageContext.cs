using AngleSharp.Dom;
using Bunit;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Tuning;
using RulePortal.Web.Security;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Features.Rules;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Tuning;

/// <summary>The tuning page of the first rule, over two months of connections with one alert in them.</summary>
public abstract class TuningPageContext : RulePageContext
{
    protected TuningPageContext()
    {
        Services.AddTuningFeature();
        SignIn(PortalRoles.Reader);
    }

    private protected static string Address => $"/tuning/{Shipped.Id}";

    private protected async Task<IRenderedComponent<Harness<TuningPage>>> OpenAsync(string? address = null)
    {
        Navigation.NavigateTo(address ?? Address);
        var page = RenderPage<TuningPage>(("Id", Shipped.Id));
        await Task.Yield();
        page.WaitForAssertion(() => Assert.True(page.FindAll("[aria-label=Result]").Count + page.FindAll(".state").Count > 0));
        return page;
    }

    // A rare country in the last hour, over as many days of ordinary connections.
    private protected async Task PlantDaysAsync(int days = 61)
    {
        await AddRuleAsync();
        var ordinary = Enumerable.Range(1, days * 24).Select(hour => RunsFixture.Connection(Now.AddHours(-hour), "nginx", "United States"));
        var planted = Enumerable.Range(1, 6).Select(port => RunsFixture.Connection(Now.AddMinutes(-20), "nc", "Belarus", port));
        await Services.GetRequiredService<ConnectionImporter>().ImportAsync(new BatchFacts(BatchOrigin.Api, Actor.System) { Key = "planted" }, ordinary.Concat(planted).ToAsyncEnumerable(), CancellationToken.None);
    }

    private protected static string Words(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private protected static IReadOnlyList<IReadOnlyList<string>> Rows(IRenderedComponent<Harness<TuningPage>> page, string table) =>
        [.. page.Find($"[role=region][aria-label='{table}']").QuerySelectorAll("tbody tr").Select(row => row.Children.Select(Words).ToList())];
}
