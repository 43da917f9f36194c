using RulePortal.Data.Operations;

namespace RulePortal.Web.Features.Health;

/// <summary>How big the store is and where it is heading.</summary>
/// <param name="UsedBytes">The database.</param>
/// <param name="FreeBytes">Where it grows, or null when that is another machine's.</param>
/// <param name="Growth">Its connections.</param>
public sealed record StorageState(long UsedBytes, long? FreeBytes, StoreGrowth Growth)
{
    /// <summary>Days beyond which a forecast says no more than that there is time.</summary>
    public const int FarDays = 730;

    /// <summary>Bytes a day: the share of a connection in the whole, alerts and trail included, times those of a day.</summary>
    public double BytesPerDay => Growth.Rows == 0 ? 0 : (double)UsedBytes / Growth.Rows * Growth.RowsPerDay;

    /// <summary>Days until the disk is full when it goes on so, or null when it does not grow or the disk is not known.</summary>
    public double? DaysUntilFull => FreeBytes is { } free && BytesPerDay > 0 ? free / BytesPerDay : null;
}
