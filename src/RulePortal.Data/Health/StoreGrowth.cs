namespace RulePortal.Data.Health;

/// <summary>How many connections there are and how fast they become more.</summary>
/// <param name="Rows">Connections stored.</param>
/// <param name="RowsPerDay">Connections of one day, by TimeGenerated, on the average of the last <see cref="HealthQueries.GrowthDays"/> whole days that have any; zero when none has.</param>
/// <param name="OldestUtc">The hour of the oldest, or null. UTC.</param>
public sealed record StoreGrowth(long Rows, double RowsPerDay, DateTime? OldestUtc);
