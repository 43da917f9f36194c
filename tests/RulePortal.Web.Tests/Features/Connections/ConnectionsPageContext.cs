using System.Globalization;
using System.Text;
using AngleSharp.Dom;
using Bunit;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using RulePortal.Data.Evaluation;
using RulePortal.Data;
using RulePortal.Data.Auditing;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Data.Pins;
using RulePortal.Data.Rules;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Shipped;
using RulePortal.Web.Features.Connections;
using RulePortal.Web.Tests.Features.RuleRuns;
using RulePortal.Web.Tests.Infrastructure;

namespace RulePortal.Web.Tests.Features.Connections;

/// <summary>The Connections page over a store that a test fills.</summary>
public abstract class ConnectionsPageContext : PageContext
{
    private protected static readonly Actor Ada = new("dev:ada", "Ada") { Rights = ActorRights.All };

    protected ConnectionsPageContext()
    {
        Services.AddConnections(_ => ConnectionDialect.Sqlite).AddIntake();
        Services.AddSingleton(DetectorCatalog.Shipped);
        Services.AddEvaluation();
        Services.AddSingleton<RulePins>();
        Services.AddSingleton<RuleStore>();
    }

    private protected IRenderedComponent<Harness<ConnectionsPage>> Page { get; private set; } = null!;

    protected void Open(string address = "/connections")
    {
        Navigation.NavigateTo(address);
        Page = RenderPage<ConnectionsPage>();
    }

    /// <summary>What a card of the page says, by its heading.</summary>
    private protected IElement Card(string heading) =>
        Page.FindAll("section").Single(section => section.QuerySelector("h2")?.TextContent.Trim() == heading);

    /// <summary>A table's body by its name, row by row and cell by cell.</summary>
    private protected IReadOnlyList<IReadOnlyList<string>> Rows(string table) =>
        [.. Page.Find($"[role=region][aria-label='{table}']").QuerySelectorAll("tbody tr").Select(row => row.Children.Select(cell => cell.TextContent.Trim()).ToList())];

    protected static VmConnection At(DateTime at, string computer = "vm-01") => RunsFixture.Connection(at, "nginx", "United States") with { Computer = computer };

    /// <summary>One row an hour, the newest half an hour ago.</summary>
    protected IEnumerable<VmConnection> Hourly(int hours) => Enumerable.Range(0, hours).Select(hour => At(Now.AddMinutes(-30).AddHours(-hour)));

    protected Task StoreAsync(params VmConnection[] connections) => StoreAsync(connections.AsEnumerable());

    protected async Task StoreAsync(IEnumerable<VmConnection> connections)
    {
        var facts = new BatchFacts(BatchOrigin.Api, Ada) { Key = Guid.NewGuid().ToString() };
        var result = await Services.GetRequiredService<ConnectionImporter>().ImportAsync(facts, connections.ToAsyncEnumerable(), CancellationToken.None);
        Assert.Equal(BatchStatus.Stored, result.Status);
    }

    /// <summary>A batch of good lines that came with bad ones.</summary>
    protected async Task StoreFileAsync(string content, string name = "flows.ndjson")
    {
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(content));
        var options = new FileImportOptions(BatchOrigin.CommandLine, Ada) { FileName = name, SkipBadRows = true };
        var result = await Services.GetRequiredService<FileImporter>().ImportAsync(bytes, options, null, CancellationToken.None);
        Assert.Equal(FileImportOutcome.Done, result.Outcome);
    }

    protected async Task<Guid> AddRuleAsync(Func<RuleDefinition, RuleDefinition>? change = null)
    {
        var id = Guid.NewGuid();
        var definition = ShippedRules.RareOutboundConnectionByProcess.Definition;
        var created = await Services.GetRequiredService<RuleStore>().CreateAsync(id, change?.Invoke(definition) ?? definition, enabled: true, "", Actor.System, CancellationToken.None);
        Assert.Equal(RuleSaveOutcome.Saved, created.Outcome);
        return id;
    }

    protected async Task<int> StoredRowsAsync()
    {
        await using var db = await Store.CreateDbContextAsync();
        return await db.Connections.CountAsync();
    }

    protected static string Lines(int count, int from = 0) => string.Concat(Enumerable.Range(from, count).Select(number => Line(number)));

    /// <summary>A row of NDJSON, good unless its time is none.</summary>
    protected static string Line(int number, string time = "2026-03-02T11:30:00Z") =>
        string.Create(CultureInfo.InvariantCulture, $$"""{"TimeGenerated":"{{time}}","Computer":"vm-01","ProcessName":"nginx","DestinationPort":{{number}}}""") + "\n";
}
