namespace RulePortal.Data.Alerts.Reading;

/// <summary>In which order a list of alerts comes.</summary>
/// <param name="By">What it is ordered by.</param>
/// <param name="Descending">From most to least.</param>
public readonly record struct AlertOrder(AlertSort By, bool Descending)
{
    /// <summary>What waits comes first: New, then Active, then Closed; in each the alert raised last.</summary>
    public static AlertOrder Queue { get; } = new(AlertSort.Status, Descending: false);

    /// <summary>The alert raised last comes first.</summary>
    public static AlertOrder NewestFirst { get; } = new(AlertSort.Raised, Descending: true);
}
