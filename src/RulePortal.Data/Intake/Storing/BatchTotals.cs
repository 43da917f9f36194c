using System.Runtime.InteropServices;
using RulePortal.Data.Connections;
using RulePortal.Detection.Connections;

namespace RulePortal.Data.Intake.Storing;

/// <summary>What a batch adds to the tables that are kept beside the rows.</summary>
internal sealed class BatchTotals
{
    /// <summary>Slots of the texts that totals are kept by.</summary>
    public static readonly int Computer = StoredColumns.SlotOf(ConnectionColumns.Computer);

    public static readonly int Direction = StoredColumns.SlotOf(ConnectionColumns.Direction);

    public static readonly int RemoteCountry = StoredColumns.SlotOf(ConnectionColumns.RemoteCountry);

    private readonly Dictionary<long, long> hours = [];
    private readonly Dictionary<int, SourceTotals> sources = [];
    private readonly HashSet<(int DirectionId, int RemoteCountryId)> countries = [];

    /// <summary>Rows by the hour's number since 0001-01-01 UTC.</summary>
    public IReadOnlyDictionary<long, long> Hours => hours;

    public IReadOnlyDictionary<int, SourceTotals> Sources => sources;

    public IReadOnlyCollection<(int DirectionId, int RemoteCountryId)> Countries => countries;

    public static DateTime HourUtc(long hour) => new(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc);

    public void Add(long ticks, int computerId, int directionId, int remoteCountryId)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(hours, ticks / TimeSpan.TicksPerHour, out _)++;
        countries.Add((directionId, remoteCountryId));
        ref SourceTotals source = ref CollectionsMarshal.GetValueRefOrAddDefault(sources, computerId, out var exists);
        source = exists
            ? new SourceTotals(Math.Min(source.First, ticks), Math.Max(source.Last, ticks), source.Rows + 1)
            : new SourceTotals(ticks, ticks, 1);
    }
}

/// <summary>What a batch holds of one machine.</summary>
/// <param name="First">Ticks of its oldest row.</param>
/// <param name="Last">Ticks of its newest row.</param>
/// <param name="Rows">How many.</param>
internal readonly record struct SourceTotals(long First, long Last, long Rows)
{
    public DateTime FirstUtc => new(First, DateTimeKind.Utc);

    public DateTime LastUtc => new(Last, DateTimeKind.Utc);
}
