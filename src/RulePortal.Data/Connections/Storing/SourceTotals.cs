namespace RulePortal.Data.Connections.Storing;

/// <summary>What a batch holds of one machine.</summary>
/// <param name="First">Ticks of its oldest row.</param>
/// <param name="Last">Ticks of its newest row.</param>
/// <param name="Rows">How many.</param>
internal readonly record struct SourceTotals(long First, long Last, long Rows)
{
    public DateTime FirstUtc => new(First, DateTimeKind.Utc);

    public DateTime LastUtc => new(Last, DateTimeKind.Utc);
}
