using System.Globalization;
using RulePortal.Data.Alerts;
using RulePortal.Data.Alerts.Triage;
using RulePortal.Data.Pins;

namespace RulePortal.Web.Features.Alerts;

/// <summary>What a triage action did, in words.</summary>
internal static class TriageWords
{
    /// <summary>Why nothing was written, or null when the action did what was asked.</summary>
    public static string? Refusal(TriageResult result) => result.Outcome switch
    {
        TriageOutcome.Changed or TriageOutcome.Unchanged => null,
        TriageOutcome.Conflict => ActivityWords.Sentence(result.Meanwhile),
        TriageOutcome.NotFound => "It does not exist any more.",
        TriageOutcome.IsClosed => "It is closed already; reopen it first.",
        TriageOutcome.UnknownVerdict => "The classification and reason are not one of the five that exist.",
        TriageOutcome.BadComment => string.Create(CultureInfo.InvariantCulture, $"A comment has 1 to {Alert.MaxCommentLength:N0} characters."),
        TriageOutcome.BadNote => string.Create(CultureInfo.InvariantCulture, $"The note of a pin has at most {AlertPin.MaxNoteLength} characters."),
        TriageOutcome.TooManyPins => string.Create(CultureInfo.InvariantCulture, $"The rule has {AlertPin.MostOfRule} pins already, and each is judged whenever it is saved. Take one off first."),
        _ => throw new InvalidOperationException($"Unknown outcome {result.Outcome}."),
    };
}
