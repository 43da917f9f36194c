using Microsoft.AspNetCore.Components;
using RulePortal.Data.Evaluation.Replay;
using RulePortal.Data.Rules;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.Controls;

namespace RulePortal.Web.Features.Alerts.Replay;

/// <summary>What evaluating again came to: one word, the numbers, the causes, and each difference.</summary>
public sealed partial class ReplayedAttemptView
{
    private const int Step = 20;

    private int shown = Step;

    [Parameter]
    [EditorRequired]
    public required ReplayedAttempt Attempt { get; set; }

    private string Title => $"{(Attempt.IsExtension ? "Rows added" : "Raised")} by version {Attempt.RuleVersion}, window to {UtcTime.Exact(Attempt.WindowEndUtc)}, batches up to {Attempt.MaxBatchSeq}";

    private string Tone => Attempt.Verdict switch
    {
        ReplayVerdict.Identical or ReplayVerdict.IdenticalAsKept => "tone-good",
        ReplayVerdict.Different => "tone-warn",
        _ => "tone-bad",
    };

    private string Word => Attempt.Verdict switch
    {
        ReplayVerdict.Identical => "Identical",
        ReplayVerdict.IdenticalAsKept => "Identical as far as it is kept",
        ReplayVerdict.Different => "Different",
        _ => "Cannot be replayed",
    };

    private static string CauseWord(ReplayCauseKind kind) => kind switch
    {
        ReplayCauseKind.Retention => "Retention",
        ReplayCauseKind.WithdrawnBatch => "Withdrawn batch",
        _ => "The detector's code",
    };

    private static string Where(ReplayDifference difference) => difference.Row.Count == 0 ? "The whole evaluation" : SafeText.Visible(ReplayRowName.Of(difference.Row));

    private static string What(ReplayDifference difference) => difference.Kind switch
    {
        ReplayDifferenceKind.RowOnlyThen => "Result row found only then",
        ReplayDifferenceKind.RowOnlyNow => "Result row found only today",
        _ => difference.Name,
    };

    private static string Value(string? value) => value switch
    {
        null => "\u2013",
        "" => "(empty)",
        _ => SafeText.Visible(value),
    };
}
