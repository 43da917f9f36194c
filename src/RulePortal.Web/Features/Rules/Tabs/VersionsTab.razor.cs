using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data;
using RulePortal.Data.Rules;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Views;

namespace RulePortal.Web.Features.Rules.Tabs;

/// <summary>What the rule said before, who changed it, and why.</summary>
public sealed partial class VersionsTab : IDisposable
{
    private const int PageSize = 20;

    private readonly CancellationTokenSource closed = new();
    private (Guid, int, int) shown;
    private Page<RuleVersionRow>? page;
    private bool failed;
    private int first;
    private int second;

    [Inject]
    public required RuleQueries Queries { get; set; }

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required NavigationManager Navigation { get; set; }

    [Inject]
    public required ILogger<VersionsTab> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public required RuleEditor Editor { get; set; }

    /// <summary>From 1.</summary>
    [Parameter]
    public int PageNumber { get; set; } = 1;

    /// <summary>A version was put into the form.</summary>
    [Parameter]
    public EventCallback OnLoad { get; set; }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override async Task OnParametersSetAsync()
    {
        var wanted = (Editor.Saved.Id, Editor.Saved.Version, PageNumber);
        if (shown != wanted)
        {
            shown = wanted;
            (first, second) = (Editor.Saved.Version - 1, Editor.Saved.Version);
            await LoadAsync();
        }
    }

    private string Comparing(int a, int b) => PortalUrls.Tuning(Editor.Saved.Id, new TuningView { VersionA = Name(a), VersionB = Name(b) }) + "#versions";

    private static string Name(int version) => version.ToString(CultureInfo.InvariantCulture);

    private void Compare() => Navigation.NavigateTo(Comparing(first, second));

    private async Task LoadAsync()
    {
        try
        {
            page = await Queries.VersionsAsync(Editor.Saved.Id, (PageNumber - 1) * PageSize, PageSize, closed.Token);
            failed = false;
        }
        catch (OperationCanceledException) when (closed.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            failed = true;
            Log.ReadFailed(Logger, Editor.Saved.Id, e);
        }
    }

    private async Task LoadIntoFormAsync(RuleVersionRow version)
    {
        if (await Rules.FindVersionAsync(Editor.Saved.Id, version.Number, closed.Token) is { } definition)
        {
            Editor.LoadIntoForm(definition, version.Number);
            await OnLoad.InvokeAsync();
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "The versions of rule {Rule} could not be read.")]
        public static partial void ReadFailed(ILogger logger, Guid rule, Exception exception);
    }
}
