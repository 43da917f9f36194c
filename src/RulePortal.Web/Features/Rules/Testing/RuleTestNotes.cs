using RulePortal.Detection.Detectors.Exclusions;
using RulePortal.Detection.Rules;
using RulePortal.Detection.Triggers;
using RulePortal.Detection.Wording;

namespace RulePortal.Web.Features.Rules.Testing;

/// <summary>Where a test differs from a scheduled run, as sentences.</summary>
internal static class RuleTestNotes
{
    public static IReadOnlyList<string> For(RuleDefinition rule, DateTime asOfUtc, DateTime nowUtc, bool windowHasRows, BaselineFullness baseline, int resultCount) =>
    [
        .. Instant(asOfUtc, nowUtc, windowHasRows),
        .. Learning(rule, baseline),
        .. Suppression(rule),
        .. Hold(rule, resultCount),
        .. Cap(resultCount),
    ];

    public static IEnumerable<string> Excluded(IReadOnlyList<ExcludedRows> excluded)
    {
        if (excluded.Count > 0)
        {
            yield return $"{ExclusionWords.Sentence(excluded)} Alerts that are open or true positives now are excluded from the baseline.";
        }
    }

    private static IEnumerable<string> Instant(DateTime asOfUtc, DateTime nowUtc, bool windowHasRows)
    {
        if (asOfUtc > nowUtc)
        {
            yield return "This instant is still to come: rows generated until then are missing.";
        }
        else if (asOfUtc > nowUtc.AddMinutes(-5))
        {
            yield return "The window ends less than 5 minutes ago: rows of its last minutes may still be on their way.";
        }

        if (!windowHasRows)
        {
            yield return "No connection is stored for this window, so nothing could be found in it.";
        }
    }

    private static IEnumerable<string> Learning(RuleDefinition rule, BaselineFullness baseline)
    {
        var fullness = $"The baseline has rows on {Words.Number(baseline.DaysPresent)} of {Words.Count(baseline.DaysLookedBack, "day")}.";
        yield return rule.LearningPeriod > TimeSpan.Zero
            ? $"{fullness} The learning period ({DurationText.ForPeople(rule.LearningPeriod)}) is ignored here; a scheduled run raises no alert before the baseline has that much data."
            : fullness;
    }

    private static IEnumerable<string> Suppression(RuleDefinition rule)
    {
        if (rule.SuppressionDuration is { } silence)
        {
            yield return $"Suppression is ignored here; a scheduled run stays silent for {DurationText.ForPeople(silence)} after an alert.";
        }
    }

    private static IEnumerable<string> Hold(RuleDefinition rule, int resultCount)
    {
        if (RunOutcome.IsHeld(rule, RunOutcome.KindOf(rule with { LearningPeriod = TimeSpan.Zero }, resultCount, windowHasRows: true, new BaselineFullness(0, 0)), resultCount))
        {
            yield return $"The rule would be held: {RunSentence.Held(resultCount, rule.HoldAbove!.Value)}, and a person has to decide.";
        }
    }

    private static IEnumerable<string> Cap(int resultCount)
    {
        if (resultCount > RuleTester.MostResults)
        {
            yield return $"The first {Words.Number(RuleTester.MostResults)} of {Words.Number(resultCount)} result rows are given.";
        }
    }
}
