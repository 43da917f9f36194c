namespace RulePortal.Data.Auditing;

/// <summary>Part of the trail.</summary>
/// <param name="Items">Entries, newest first.</param>
/// <param name="Total">How many the filter lets through, counted up to <see cref="MaxTotal"/>.</param>
/// <param name="TotalIsCapped">Whether there are more than <see cref="Total"/>.</param>
public sealed record AuditList(IReadOnlyList<AuditEntry> Items, int Total, bool TotalIsCapped)
{
    /// <summary>Where counting stops: beyond it a number costs more than it tells.</summary>
    public const int MaxTotal = 10_000;
}
