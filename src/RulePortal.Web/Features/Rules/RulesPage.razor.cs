using System.Globalization;
using Microsoft.AspNetCore.Components;
using MudBlazor;
using RulePortal.Data.Auditing;
using RulePortal.Data.Rules;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Overview;
using RulePortal.Web.Kit;
using RulePortal.Web.Security;

namespace RulePortal.Web.Features.Rules;

/// <summary>Which rules run, and are they well?</summary>
public sealed partial class RulesPage : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private List<Row>? rows;
    private bool failed;
    private bool canEdit;
    private Guid? switching;
    private string search = "";

    [Inject]
    public required RuleQueries Queries { get; set; }

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required CurrentActor Actor { get; set; }

    [Inject]
    public required MinuteClock Clock { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required ISnackbar Snackbar { get; set; }

    [Inject]
    public required ILogger<RulesPage> Logger { get; set; }

    [Inject]
    private RuleTimetable Timetable { get; set; } = null!;

    /// <summary>What the names shown contain.</summary>
    [SupplyParameterFromQuery(Name = "q")]
    private string? Query { get; set; }

    private string? Subtitle => rows is { Count: > 0 } ? $"{Words.Count(rows.Count, "rule")}, {Words.Number(rows.Count(row => row.Rule.Rule.Enabled))} enabled" : null;

    public void Dispose()
    {
        Clock.Ticked -= OnTick;
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnInitializedAsync()
    {
        Clock.Ticked += OnTick;
        canEdit = await Actor.CanAsync(Policies.CanContribute);
        await LoadAsync();
    }

    protected override void OnParametersSet() => search = Query ?? "";

    private void OnTick(object? sender, EventArgs e) => _ = InvokeAsync(async () =>
    {
        if (rows is not null && !closed.IsCancellationRequested)
        {
            await LoadAsync();
            StateHasChanged();
        }
    });

    private async Task LoadAsync()
    {
        try
        {
            var now = Clock.UtcNow;
            rows = [.. (await Queries.OverviewAsync(closed.Token)).Select(rule => new Row(rule, Timetable.NextRunUtc(rule.Rule), now))];
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Rows already shown stay in sight; their own times say how old they are.
            failed = rows is null;
            Log.ReadFailed(Logger, e);
        }
    }

    private bool Shows(Row row) => row.Name.Contains(search.Trim(), StringComparison.OrdinalIgnoreCase);

    private Task SearchAsync(string? text)
    {
        search = text ?? "";
        Navigation.NavigateTo(Navigation.GetUriWithQueryParameter("q", search.Length > 0 ? search : null), replace: true);
        return Task.CompletedTask;
    }

    private async Task SwitchAsync(Row row, bool on)
    {
        switching = row.Rule.Rule.Id;
        try
        {
            var actor = await Actor.DemandAsync(Policies.CanContribute);
            await Rules.SetEnabledAsync(row.Rule.Rule.Id, on, actor, closed.Token);
            Snackbar.Add(on ? $"Enabled. Windows of {row.Name} begin now." : $"Disabled. Windows of {row.Name} not yet evaluated are skipped.", MudBlazor.Severity.Success);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Snackbar.Add($"{row.Name} was not changed. The portal's log has the details.", MudBlazor.Severity.Error);
            Log.SwitchFailed(Logger, row.Rule.Rule.Id, e);
        }
        finally
        {
            switching = null;
            await LoadAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The rules could not be read.")]
        public static partial void ReadFailed(ILogger logger, Exception exception);

        [LoggerMessage(Level = LogLevel.Error, Message = "The rule {Rule} could not be switched.")]
        public static partial void SwitchFailed(ILogger logger, Guid rule, Exception exception);
    }

    private sealed record Row(RuleOverview Rule, DateTime? NextRunUtc, DateTime ReadUtc)
    {
        public string Name => Rule.Rule.Definition.Name;

        public DateTime LastRunUtc => Rule.LastRun?.StartedUtc ?? DateTime.MinValue;

        public DateTime NextRunOrder => NextRunUtc ?? DateTime.MaxValue;

        public RuleHealth Health => RuleHealth.Of(Rule, NextRunUtc, ReadUtc);

        public string FalsePositives => Rule.FalsePositiveShare is { } share
            ? string.Create(CultureInfo.InvariantCulture, $"{share * 100:0} % ({Rule.FalsePositives30Days:N0} of {Rule.Closed30Days:N0})")
            : "None closed";
    }
}
