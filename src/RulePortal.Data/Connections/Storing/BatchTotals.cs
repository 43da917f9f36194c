using System.Runtime.InteropServices;

namespace RulePortal.Data.Connections.Storing;

/// <summary>What a batch adds to the tables that are kept beside the rows.</summary>
internal sealed class BatchTotals
{
    private readonly Dictionary<long, long> _hours = [];
    private readonly Dictionary<int, SourceTotals> _sources = [];
    private readonly HashSet<(int DirectionId, int RemoteCountryId)> _countries = [];

    /// <summary>Rows by the hour's number since 0001-01-01 UTC.</summary>
    public IReadOnlyDictionary<long, long> Hours => _hours;

    public IReadOnlyDictionary<int, SourceTotals> Sources => _sources;

    public IReadOnlyCollection<(int DirectionId, int RemoteCountryId)> Countries => _countries;

    public static DateTime HourUtc(long hour) => new(hour * TimeSpan.TicksPerHour, DateTimeKind.Utc);

    public void Add(long ticks, int computerId, int directionId, int remoteCountryId)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_hours, ticks / TimeSpan.TicksPerHour, out _)++;
        _countries.Add((directionId, remoteCountryId));
        ref SourceTotals source = ref CollectionsMarshal.GetValueRefOrAddDefault(_sources, computerId, out bool exists);
        source = exists
            ? new SourceTotals(Math.Min(source.First, ticks), Math.Max(source.Last, ticks), source.Rows + 1)
            : new SourceTotals(ticks, ticks, 1);
    }
}
