using RulePortal.Data.Alerts;
using RulePortal.Detection.Pins;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Data.Pins;

/// <summary>A pin of a rule with the alert it lies on, as far as it is judged by.</summary>
/// <param name="AlertId">The alert.</param>
/// <param name="Title">Its title.</param>
/// <param name="Status">Where triage is.</param>
/// <param name="Classification">What it turned out to be, once closed.</param>
/// <param name="Pin">The pin.</param>
/// <param name="Windows">The alert's windows, oldest first.</param>
public sealed record RulePin(long AlertId, string Title, AlertStatus Status, Classification? Classification, PinItem Pin, IReadOnlyList<PinnedWindow> Windows)
{
    /// <summary>Most rows of a window that are compared by name; an alert of more is judged by the first.</summary>
    public const int MostRows = 1_000;

    /// <summary>End of the window that raised the alert. UTC.</summary>
    public DateTime WindowEndUtc => Windows.Count == 0 ? default : Windows[0].Range.EndUtc;
}
