namespace RulePortal.Data.Alerts.Reading;

/// <summary>Part of a list of alerts.</summary>
/// <param name="Items">The alerts, in the order asked for.</param>
/// <param name="Total">How many the whole list has, counted up to <see cref="MaxTotal"/>.</param>
/// <param name="TotalIsCapped">Whether there are more than <see cref="Total"/>.</param>
public sealed record AlertList(IReadOnlyList<AlertItem> Items, int Total, bool TotalIsCapped)
{
    /// <summary>Where counting stops: beyond it a number costs more than it tells.</summary>
    public const int MaxTotal = 10_000;
}
