using System.Globalization;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Triggers;

namespace RulePortal.Web.Features.RuleRuns;

/// <summary>Each outcome as a sentence with its numbers.</summary>
internal static class RunSentences
{
    public static string Evaluated(int results, TriggerCondition trigger, int alerts) => (alerts, trigger.Operator) switch
    {
        (0, TriggerOperator.GreaterThan) => $"{Rows(results)} did not reach the threshold of {trigger}.",
        (0, _) => $"{Rows(results)} did not meet the condition of {trigger}.",
        (_, TriggerOperator.GreaterThan) => $"{Rows(results)} reached the threshold of {trigger}: {Count(alerts, "alert")}.",
        _ => $"{Rows(results)} met the condition of {trigger}: {Count(alerts, "alert")}.",
    };

    public static string Learning(int results, TriggerCondition trigger, int daysPresent, int daysNeeded) => trigger.Fires(results)
        ? $"Learning: {daysPresent} of {daysNeeded} days of data. {Rows(results)} would have met the condition of {trigger}; no alert was raised."
        : $"Learning: {daysPresent} of {daysNeeded} days of data. {Rows(results)} would not have met the condition of {trigger}.";

    public static string NoData(TimeRange window) => string.Create(
        CultureInfo.InvariantCulture,
        $"No data: no connection was stored for {window.StartUtc:yyyy-MM-dd HH:mm} to {window.EndUtc:yyyy-MM-dd HH:mm} UTC, so nothing could be found.");

    public static string Suppressed(DateTime untilUtc) => string.Create(
        CultureInfo.InvariantCulture,
        $"Suppressed: the rule alerted before and stays silent for windows that end before {untilUtc:yyyy-MM-dd HH:mm} UTC.");

    private static string Rows(int count) => Count(count, "result row");

    private static string Count(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count:N0} {noun}{(count == 1 ? "" : "s")}");
}
