using Microsoft.AspNetCore.Components;
using RulePortal.Data.Evaluation;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Rules.Editing;
using RulePortal.Web.Kit;

namespace RulePortal.Web.Features.Rules.Tabs;

/// <summary>The last thirty days under what is typed, against what is saved: alerts added and removed by name.</summary>
public sealed partial class PreviewPanel : IDisposable
{
    private const int Days = 30;
    private const int Most = 10;

    private readonly CancellationTokenSource closed = new();
    private CancellationTokenSource? stop;
    private string? problem;
    private Preview? preview;
    private RuleReading? previewed;

    [Inject]
    public required TimeProvider Time { get; set; }

    [Inject]
    public required RuleSimulator Simulator { get; set; }

    [Inject]
    public required ILogger<PreviewPanel> Logger { get; set; }

    [Inject]
    public required DetectorCatalog Detectors { get; set; }

    [Parameter]
    [EditorRequired]
    public required RuleEditor Editor { get; set; }

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    private static string Name(SimulatedAlert alert)
    {
        var rows = alert.Rows;
        if (rows.Count == 0)
        {
            return "no result row";
        }

        var names = Enumerable.Range(0, rows[0].Names.Count).Select(column => First(rows.Select(row => row.Names[column])));
        return $"{string.Join(", ", names)} ({Words.Count(rows.Count, "result row")})";
    }

    private static string First(IEnumerable<string> names)
    {
        var all = names.Distinct(StringComparer.Ordinal).ToList();
        return (all[0].Length == 0 ? "(empty)" : SafeText.Shorten(SafeText.Visible(all[0]), 40)) + (all.Count > 1 ? $" and {all.Count - 1} more" : "");
    }

    private async Task PreviewAsync()
    {
        (preview, problem, previewed) = (null, null, Editor.Reading);
        if (!previewed.IsReadable || previewed.Bound is not { } form || !Detectors.TryBind(Editor.Saved.Definition, out var stored, out _))
        {
            problem = "The form has fields that cannot be read; put them right first.";
            return;
        }

        using var mine = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        stop = mine;
        try
        {
            var span = TimeRange.Back(Time.GetUtcNow().UtcDateTime, TimeSpan.FromDays(Days));
            var saved = await Simulator.SimulateAsync(new SimulationRequest { Rule = stored, Span = span, AlertsOf = Editor.Saved.Id }, progress: null, mine.Token);
            var typed = saved.WhatIf is { } was
                ? await Simulator.SimulateAsync(new SimulationRequest { Rule = form, Span = span, AlertsOf = Editor.Saved.Id }, was.Pass.MaxBatchSeq, progress: null, mine.Token)
                : saved;
            if (saved.WhatIf is { } before && typed.WhatIf is { } after)
            {
                preview = new Preview(before.Totals(before.Own), after.Totals(after.Own), SimulationDifference.Of(before, before.Own, after, after.Own));
            }
            else
            {
                problem = string.Join(' ', typed.Errors.Select(error => error.Message));
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            problem = "The preview failed. What you typed is still in the form; the portal's log has the details.";
            Log.PreviewFailed(Logger, Editor.Saved.Id, e);
        }
        finally
        {
            stop = null;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Previewing the rule {Rule} failed.")]
        public static partial void PreviewFailed(ILogger logger, Guid rule, Exception exception);
    }

    private sealed record Preview(WhatIfTotals Saved, WhatIfTotals Now, SimulationDifference Difference);
}
