using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Data.Evaluation;
using RulePortal.Data.Rules;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Simulation;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Views;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Features.Tuning.Versions;

/// <summary>Two versions of the rule over the windows and batches of the page's pass. The edit in hand and what is saved need no pass of their own.</summary>
public sealed partial class VersionsCard : IDisposable
{
    private readonly CancellationTokenSource closed = new();
    private readonly Dictionary<int, WhatIf> passes = [];
    private SimulationPass? of;
    private (string? A, string? B) read;
    private (string? A, string? B) tried;
    private (ComparedVersion A, ComparedVersion B)? compared;
    private CancellationTokenSource? stop;
    private SimulationProgress progress;
    private VersionComparison? comparison;
    private string first = TuningView.Saved;
    private string second = TuningView.Edit;
    private string? find;
    private string? problem;
    private bool canRetry;
    private int evaluating;

    [Inject]
    public required RuleStore Rules { get; set; }

    [Inject]
    public required RuleSimulator Simulator { get; set; }

    [Inject]
    public required DetectorCatalog Detectors { get; set; }

    [Inject]
    public required ILogger<VersionsCard> Logger { get; set; }

    [Parameter]
    [EditorRequired]
    public required TuningSession Session { get; set; }

    [Parameter]
    [EditorRequired]
    public required RuleSnapshot Rule { get; set; }

    [Parameter]
    [EditorRequired]
    public required TuningView View { get; set; }

    [Parameter]
    [EditorRequired]
    public required string CloseLink { get; set; }

    [Parameter]
    [EditorRequired]
    public required Func<DateTime, string> WindowLink { get; set; }

    /// <summary>Other versions or another filter were chosen.</summary>
    [Parameter]
    public EventCallback<TuningView> OnChanged { get; set; }

    private SimulatedAlertFilter Filter => new(View.Find, View.Label);

    public void Dispose()
    {
        closed.Cancel();
        closed.Dispose();
    }

    protected override Task OnParametersSetAsync()
    {
        if (!ReferenceEquals(of, Session.Pass))
        {
            of = Session.Pass;
            passes.Clear();
            Forget();
        }

        if (read != (View.VersionA, View.VersionB))
        {
            read = (View.VersionA, View.VersionB);
            (first, second) = (Choice(View.VersionA, TuningView.Saved), Choice(View.VersionB, TuningView.Edit));
            find = View.Find;
            Forget();
        }

        return CompareAsync();
    }

    /// <summary>A comparison that was cancelled or failed is not made again unasked.</summary>
    private async Task CompareAsync()
    {
        if (read is not ({ } a, { } b) || tried == read)
        {
            Answer();
            return;
        }

        tried = read;
        (problem, canRetry) = (Fault(a) ?? Fault(b) ?? (NumberOf(a) == NumberOf(b) ? "A and B are the same." : null), false);
        if (problem is null)
        {
            await RunAsync([.. new[] { NumberOf(a), NumberOf(b) }.OfType<int>().Where(number => number != Rule.Version && !passes.ContainsKey(number))]);
        }

        Answer();
    }

    private Task AgainAsync()
    {
        tried = default;
        return CompareAsync();
    }

    private async Task RunAsync(IReadOnlyList<int> numbers)
    {
        if (numbers.Count == 0)
        {
            return;
        }

        using var mine = CancellationTokenSource.CreateLinkedTokenSource(closed.Token);
        stop = mine;
        try
        {
            foreach (var number in numbers)
            {
                (evaluating, progress) = (number, default);
                StateHasChanged();
                var definition = await Rules.FindVersionAsync(Rule.Id, number, mine.Token) ?? throw new InvalidOperationException($"Version {number} is missing.");
                if (!Detectors.TryBind(definition, out var bound, out var faults))
                {
                    Say(mine, $"Version {number}: {string.Join(' ', faults.Select(fault => fault.Message))}");
                    return;
                }

                var request = new SimulationRequest { Rule = bound, Span = Session.Pass.Request.Span, AlertsOf = Session.Pass.Request.AlertsOf };
                var result = await Simulator.SimulateAsync(request, Session.Pass.MaxBatchSeq, new EveryTenth(Draw), mine.Token);
                if (result.WhatIf is not { } whatIf)
                {
                    Say(mine, $"Version {number}: {string.Join(' ', result.Errors.Select(error => error.Message))}");
                    return;
                }

                if (stop != mine)
                {
                    return;
                }

                passes[number] = whatIf;
            }
        }
        catch (OperationCanceledException) when (mine.IsCancellationRequested)
        {
            Say(mine, "It was cancelled.");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            Say(mine, "The comparison failed. Nothing is stored by it, so nothing is lost; the portal's log has the details.");
            Log.ComparingFailed(Logger, Rule.Id, e);
        }
        finally
        {
            stop = stop == mine ? null : stop;
        }
    }

    private void Say(CancellationTokenSource mine, string words)
    {
        if (stop == mine)
        {
            (problem, canRetry) = (words, true);
        }
    }

    private void Forget()
    {
        stop?.Cancel();
        (stop, comparison, compared, problem, tried) = (null, null, null, null, default);
    }

    /// <summary>Compares what is there; the edit in hand moves without another pass.</summary>
    private void Answer()
    {
        if (problem is not null || read is not ({ } a, { } b) || Side(a) is not { } one || Side(b) is not { } other)
        {
            comparison = null;
        }
        else if (comparison is null || compared != (one, other))
        {
            compared = (one, other);
            comparison = new VersionComparison(one, other);
        }
    }

    private ComparedVersion? Side(string key) => NumberOf(key) switch
    {
        null => new ComparedVersion("the edit in hand", Session.WhatIf, Session.Setting),
        var number when number == Rule.Version => new ComparedVersion($"version {number}, as saved", Session.WhatIf, Session.WhatIf.Own),
        { } number => passes.TryGetValue(number, out var whatIf) ? new ComparedVersion($"version {number}", whatIf, whatIf.Own) : null,
    };

    private string? Fault(string key) =>
        key is TuningView.Edit || (NumberOf(key) is { } number && number >= 1 && number <= Rule.Version) ? null : $"The rule has no version {SafeText.Visible(key)}; it has 1 to {Rule.Version}.";

    /// <summary>What the form shows for it: the number of the version in force is what is saved.</summary>
    private string Choice(string? key, string otherwise) => key is null ? otherwise : NumberOf(key) == Rule.Version ? TuningView.Saved : key;

    /// <summary>The version's number; null for the edit in hand, 0 for what is none.</summary>
    private int? NumberOf(string key) => key switch
    {
        TuningView.Edit => null,
        TuningView.Saved => Rule.Version,
        _ => int.TryParse(key, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0,
    };

    private IReadOnlyList<SimulatedAlert> Shown(IReadOnlyList<SimulatedAlert> alerts) => Filter.Of(alerts, Session.Labels);

    private Task ChooseAsync() => (first, second) == read ? AgainAsync() : OnChanged.InvokeAsync(View with { VersionA = first, VersionB = second });

    private Task FilterAsync(string? label) =>
        OnChanged.InvokeAsync(View with { Find = string.IsNullOrWhiteSpace(find) ? null : find.Trim(), Label = string.IsNullOrEmpty(label) ? null : label });

    private Task UnfilterAsync()
    {
        find = null;
        return OnChanged.InvokeAsync(View with { Find = null, Label = null });
    }

    private void Draw(SimulationProgress value) => _ = InvokeAsync(() =>
    {
        progress = value;
        StateHasChanged();
    });

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Error, Message = "Comparing two versions of the rule {Rule} failed.")]
        public static partial void ComparingFailed(ILogger logger, Guid rule, Exception exception);
    }
}
