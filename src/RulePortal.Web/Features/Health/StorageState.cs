using RulePortal.Data.Health;

namespace RulePortal.Web.Features.Health;

/// <summary>How big the store is and where it is heading.</summary>
/// <param name="UsedBytes">The database.</param>
/// <param name="FreeBytes">Where it grows, or null when that is another machine's.</param>
/// <param name="Growth">Its connections.</param>
/// <param name="RetentionDays">After how many days connections go.</param>
/// <param name="AtUtc">When it was measured. UTC.</param>
public sealed record StorageState(long UsedBytes, long? FreeBytes, StoreGrowth Growth, double RetentionDays, DateTime AtUtc)
{
    /// <summary>Bytes a day: the share of a connection in the whole, alerts and trail included, times those of a day.</summary>
    public double BytesPerDay => Growth.Rows == 0 ? 0 : (double)UsedBytes / Growth.Rows * Growth.RowsPerDay;

    /// <summary>Days until connections go as fast as they come, if they come as now.</summary>
    public double DaysUntilSteady => Growth.OldestUtc is { } oldest ? Math.Max(0, RetentionDays - (AtUtc - oldest).TotalDays) : RetentionDays;

    /// <summary>What the store will hold then.</summary>
    public double SteadyBytes => UsedBytes + (BytesPerDay * DaysUntilSteady);

    /// <summary>Days until the disk is full, or null when retention holds the store before that, or the disk is not known.</summary>
    public double? DaysUntilFull => FreeBytes is { } free && BytesPerDay > 0 && free / BytesPerDay is var days && days < DaysUntilSteady ? days : null;
}
