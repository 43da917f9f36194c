using System.Globalization;
using RulePortal.Data.Alerts;

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
        _ => throw new InvalidOperationException($"Unknown outcome {result.Outcome}."),
    };
}
