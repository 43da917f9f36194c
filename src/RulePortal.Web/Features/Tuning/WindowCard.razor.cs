using System.Globalization;
using Microsoft.AspNetCore.Components;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Detectors.Settings;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Simulation;
using RulePortal.Detection.Taxonomy;
using RulePortal.Detection.Triggers;
using RulePortal.Detection.Wording;
using RulePortal.Web.Features.Tuning.Marks;
using RulePortal.Web.Kit;
using RulePortal.Web.Security.Sessions;

namespace RulePortal.Web.Features.Tuning;

/// <summary>Why one window fired or did not, and which step dropped whom, with the numbers.</summary>
public sealed partial class WindowCard
{
    private static readonly string[] InstantFormats = ["yyyy-MM-dd HH:mm", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    private string? instant;
    private string? entity;
    private string? fault;
    private DateTime? read;

    [Parameter]
    [EditorRequired]
    public required TuningSession Session { get; set; }

    [Parameter]
    [EditorRequired]
    public Guid RuleId { get; set; }

    /// <summary>The window's end, or null while none is chosen.</summary>
    [Parameter]
    public DateTime? EndUtc { get; set; }

    /// <summary>Part of a name that is asked about.</summary>
    [Parameter]
    public string? Entity { get; set; }

    /// <summary>The alert whose rows and entities are marked, or null.</summary>
    [Parameter]
    public AlertMark? Mark { get; set; }

    /// <summary>The same picture without the mark.</summary>
    [Parameter]
    public string DropLink { get; set; } = "";

    [Parameter]
    [EditorRequired]
    public required string CloseLink { get; set; }

    [Parameter]
    public EventCallback<(DateTime EndUtc, string? Entity)> OnAsked { get; set; }

    protected override void OnParametersSet()
    {
        // What is being typed stays; another address brings its own.
        if (read != EndUtc)
        {
            (read, entity, fault) = (EndUtc, Entity, null);
            instant = EndUtc?.AddMinutes(-1).ToString(InstantFormats[0], CultureInfo.InvariantCulture);
        }
    }

    private async Task AskAsync()
    {
        fault = null;
        if (!DateTime.TryParseExact(instant?.Trim(), InstantFormats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at))
        {
            fault = "Write an instant such as 2026-01-31 12:40, in UTC.";
            return;
        }

        var windows = Session.Pass.Windows.Where(window => window.Range.Contains(at)).Select(window => (DateTime?)window.Range.EndUtc);
        if (windows.FirstOrDefault() is not { } end)
        {
            fault = "No window of this span looks at that instant.";
            return;
        }

        await OnAsked.InvokeAsync((end, string.IsNullOrWhiteSpace(entity) ? null : entity.Trim()));
    }

    private SimulatedRun? RunOf(DateTime endUtc) => Session.Runs.Where(run => run.EndUtc == endUtc).Select(run => (SimulatedRun?)run).FirstOrDefault();

    private IReadOnlyList<Candidate> Decided(SimulatedRun run) => Session.Pass.Knobs.Count == 0 ? []
        : Mark is not { } mark ? [.. Session.WhatIf.CandidatesOf(run.Window)]
        : [.. Session.WhatIf.CandidatesOf(run.Window).OrderByDescending(candidate => mark.RowsOf(candidate, run.EndUtc) > 0).ThenByDescending(candidate => mark.SharedWith(candidate).Count)];

    private bool IsMarked(Candidate candidate, DateTime endUtc) => Mark is { } mark && (mark.RowsOf(candidate, endUtc) > 0 || mark.SharedWith(candidate).Count > 0);

    private List<(Candidate Candidate, string Outcome)> MarkedOf(SimulatedRun run) => [.. Decided(run).Where(candidate => IsMarked(candidate, run.EndUtc)).Select(candidate => (candidate, Outcome(candidate)))];

    /// <summary>What a candidate has to do with the alert, in words: colour alone would not reach everybody.</summary>
    private string Marked(Candidate candidate, DateTime endUtc)
    {
        var rows = Mark!.RowsOf(candidate, endUtc);
        var shared = Mark.SharedWith(candidate).GroupBy(entity => entity.Type).Select(type => $"{(type.Key is EntityType.Ip ? "address" : type.Key.ToString().ToLowerInvariant())} {SafeText.Shorten(SafeText.Visible(type.First().Value), 30)}{(type.Count() > 1 ? $" and {type.Count() - 1} more" : "")}");
        return rows > 0 ? $"{Words.Number(rows)} of its {Words.Count(candidate.Rows.Count, "row")} {(rows == 1 ? "is" : "are")} of this alert"
            : string.Join(", ", shared) is { Length: > 0 } names ? $"shares {names}" : "nothing of it";
    }

    private string Outcome(Candidate candidate) => Session.WhatIf.IsResult(candidate, Session.Setting) ? "result" : $"dropped by {Dropped(candidate)}";

    /// <summary>What the window's result rows are about.</summary>
    private IReadOnlyList<Subject> Found(SimulatedRun run) =>
        [.. Decided(run).Where(candidate => Session.WhatIf.IsResult(candidate, Session.Setting)).SelectMany(candidate => candidate.Rows).Select(row => row.Subject).Distinct()];

    private bool IsAsked(Candidate candidate) => Entity is { } asked
        && (candidate.Subject.Values.Any(value => Has(value.Value, asked)) || candidate.Rows.Any(row => row.Names.Any(name => Has(name, asked))));

    private static bool Has(string name, string asked) => name.Contains(asked, StringComparison.OrdinalIgnoreCase);

    private string? EntitySentence(SimulatedRun run)
    {
        if (Entity is not { } asked)
        {
            return null;
        }

        var name = SafeText.Shorten(SafeText.Visible(asked), 60);
        var found = Decided(run).Where(IsAsked).ToList();
        var results = found.Where(candidate => Session.WhatIf.IsResult(candidate, Session.Setting)).ToList();
        return found.Count == 0 ? $"\"{name}\" is in nothing that had to be decided: it had no row in the window, or only rows that no setting here lets through."
            : results.Count > 0 ? $"\"{name}\" is in the result rows of {string.Join(", ", results.Select(candidate => candidate.Subject))}."
            : $"\"{name}\" was seen, and dropped: {string.Join("; ", found.Select(candidate => $"{candidate.Subject} by {Dropped(candidate)}"))}.";
    }

    private string Sentence(SimulatedRun run)
    {
        var trigger = new TriggerCondition(Session.Pass.Request.Rule.Definition.TriggerOperator, Session.Setting.TriggerThreshold);
        var rows = $"{Words.Count(run.ResultRows, "result row")}; the rule fires on {trigger}";
        return run.Kind switch
        {
            RunOutcomeKind.Alerted when run.IsHeld => $"Would be held until a person decides: {rows}, and is held above {Words.Number(Session.Pass.Request.Rule.Definition.HoldAbove ?? 0)}.",
            RunOutcomeKind.Alerted => $"Alerted: {rows}.",
            RunOutcomeKind.NoData => "No data: no row came in this window, which is not the same as nothing found.",
            RunOutcomeKind.Suppressed => "Suppressed: it falls into the silence after an alert.",
            RunOutcomeKind.Learning => $"Learning: the baseline was too thin for alerts. {rows}.",
            _ => run.IsComplete ? $"No alert: {rows}." : $"Incomplete: the lookback reaches before the oldest record. {rows}.",
        };
    }

    private string NotListed => Session.Pass.Knobs is [{ Passes: Passes.AtLeast }, ..]
        ? "What is not listed was far below a threshold, or had no row in the window."
        : $"What is not listed had more than {Words.Number(Session.Pass.Thresholds(0).Greatest)} rows in every lookback, or none in the window.";

    private string Compared(Candidate candidate, int knob)
    {
        var value = Session.Setting.Knobs[knob];
        var number = Session.WhatIf.NumberOf(candidate, knob, value.Lookback);
        var (_, greatest) = Session.Pass.Thresholds(knob);
        var counted = number > greatest ? $"more than {Words.Number(greatest)}" : Words.Number(number);
        var moved = Session.Pass.Knobs[knob];
        var within = moved.Lookback is null ? "" : $" in {DurationText.ForPeople(value.Lookback)}";
        return $"{counted}{within}, {(moved.Passes == Passes.AtLeast ? "at least" : "at most")} {Words.Number(value.Threshold)} pass";
    }

    private string Dropped(Candidate candidate) => string.Join(" and ", Session.Pass.Knobs.Index()
        .Where(knob => !knob.Item.Lets(
            Session.WhatIf.NumberOf(candidate, knob.Index, Session.Setting.Knobs[knob.Index].Lookback), Session.Setting.Knobs[knob.Index].Threshold))
        .Select(knob => knob.Item.Threshold.Label.ToLowerInvariant()));
}
