using AngleSharp.Dom;
using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Detection.Detectors;
using RulePortal.Tests.Alerts;
using RulePortal.Web.Features.Alerts;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Alerts;

/// <summary>The pages about alerts over a store that a test fills, ten minutes after the noon of <see cref="AlertSeed"/>.</summary>
public abstract class AlertsPageContext<TPage> : PageContext
    where TPage : IComponent
{
    private protected static readonly Actor Ben = new("entra:t/ben", "Ben") { Rights = ActorRights.Respond };

    protected AlertsPageContext()
    {
        Time.SetUtcNow(new DateTimeOffset(AlertSeed.Noon.AddMinutes(10)));
        Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake().AddSingleton(DetectorCatalog.Shipped);
        Services.AddAlertsFeature();
    }

    private protected IRenderedComponent<Harness<TPage>> Page { get; private set; } = null!;

    private protected AlertTriage Triage => Services.GetRequiredService<AlertTriage>();

    protected void Open(string address, params (string Name, object? Value)[] parameters)
    {
        Navigation.NavigateTo(address);
        Page = RenderPage<TPage>(parameters);
    }

    private protected async Task<Alert> AlertAsync(long id)
    {
        await using var db = await Store.CreateDbContextAsync();
        return await db.Alerts.AsNoTracking().Include(alert => alert.Activities).SingleAsync(alert => alert.Id == id);
    }

    private protected IElement Button(string text) => Page.Button(text);

    private protected bool HasButton(string text) => Page.FindAll("button").Any(button => button.TextContent.Trim() == text);

    private protected IElement Dialog => Page.Find("[role=dialog]");

    private protected IElement DialogButton(string text) => Dialog.QuerySelectorAll("button").Single(button => button.TextContent.Trim() == text);

    private protected Task ChooseAsync(string label) =>
        Dialog.QuerySelectorAll("label").Single(element => element.TextContent.Trim() == label).QuerySelector("input")!.ChangeAsync(new ChangeEventArgs { Value = "on" });

    private protected string Squeezed(string selector) => Squeezed(Page.Find(selector));

    private protected static string Squeezed(IElement element) => string.Join(' ', element.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
