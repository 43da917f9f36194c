
namespace RulePortal.Data.Connections.Columns;

/// <summary>The columns of VMConnection with their kinds and lengths: the one place that states them.</summary>
public static class ConnectionColumns
{
    /// <summary>Most characters of one row's Details, the JSON object of every column that is not stored by itself.</summary>
    /// <value>16,000.</value>
    public const int MaxDetailsLength = 16_000;

    /// <summary>Most bytes of one record as it comes.</summary>
    /// <value>1 MiB.</value>
    public const int MaxRecordBytes = 1 << 20;

    /// <summary>Most columns of one record.</summary>
    /// <value>500.</value>
    public const int MaxColumns = 500;

    /// <summary>Furthest that TimeGenerated may lie ahead of the clock.</summary>
    /// <value>1 hour.</value>
    public static readonly TimeSpan MaxAhead = TimeSpan.FromHours(1);

    internal const int TextColumns = (int)StoredColumn.MaliciousIp + 1;

    private static readonly Dictionary<byte[], ConnectionColumn> ByName = new(Utf8Comparer.Instance);

    private static readonly Dictionary<byte[], ConnectionColumn>.AlternateLookup<ReadOnlySpan<byte>> BySpan = ByName.GetAlternateLookup<ReadOnlySpan<byte>>();

    private static readonly List<ConnectionColumn> List = [];

    static ConnectionColumns()
    {
        TimeGenerated = Add("TimeGenerated", ColumnKind.Time, 0, StoredColumn.TimeGenerated);
        AddText("Computer", 255, StoredColumn.Computer);
        AddText("Direction", 20, StoredColumn.Direction);
        AddText("ProcessName", 400, StoredColumn.ProcessName);
        AddAddress("SourceIp", StoredColumn.SourceIp);
        AddAddress("DestinationIp", StoredColumn.DestinationIp);
        Add("DestinationPort", ColumnKind.Whole, 0, StoredColumn.DestinationPort, 0, 65_535);
        AddText("Protocol", 20, StoredColumn.Protocol);
        AddAddress("RemoteIp", StoredColumn.RemoteIp);
        AddText("RemoteCountry", 100, StoredColumn.RemoteCountry);
        AddAddress("MaliciousIp", StoredColumn.MaliciousIp);
        Add("BytesSent", ColumnKind.Whole, 0, StoredColumn.BytesSent);
        Add("BytesReceived", ColumnKind.Whole, 0, StoredColumn.BytesReceived);
        Add("LinksEstablished", ColumnKind.Whole, 0, StoredColumn.LinksEstablished);
        foreach (var name in new[] { "LinksTerminated", "LinksFailed", "LinksLive", "Responses", "ResponseTimeMin", "ResponseTimeMax", "ResponseTimeSum" })
        {
            Add(name, ColumnKind.Whole, 0, StoredColumn.Details);
        }

        Add("Severity", ColumnKind.Whole, 0, StoredColumn.Details, int.MinValue, int.MaxValue);
        foreach (var name in new[] { "RemoteLatitude", "RemoteLongitude", "_BilledSize" })
        {
            Add(name, ColumnKind.Real, 0, StoredColumn.Details);
        }

        foreach (var name in new[]
        {
            "AgentId", "Machine", "Process", "ConnectionId", "RemoteClassification", "IndicatorThreatType", "TLPLevel", "Confidence",
            "FirstReportedDateTime", "LastReportedDateTime", "IsActive", "SourceSystem", "Type", "_ResourceId", "_SubscriptionId", "_IsBillable", "TenantId",
        })
        {
            AddText(name, 400, StoredColumn.Details);
        }

        AddText("ReportReferenceLink", 2_000, StoredColumn.Details);
        foreach (var name in new[] { "RemoteDnsQuestions", "RemoteDnsCanonicalNames", "Description", "AdditionalInformation" })
        {
            AddText(name, 8_000, StoredColumn.Details);
        }
    }

    /// <summary>Every column, the stored ones first.</summary>
    public static IReadOnlyList<ConnectionColumn> All => List;

    internal static ConnectionColumn TimeGenerated { get; }

    internal static ConnectionColumn? Find(ReadOnlySpan<byte> utf8Name) => BySpan.TryGetValue(utf8Name, out ConnectionColumn? column) ? column : null;

    internal static ConnectionColumn Of(StoredColumn place) => List.First(column => column.Place == place);

    private static void AddText(string name, int maxLength, StoredColumn place) => Add(name, ColumnKind.Text, maxLength, place);

    private static void AddAddress(string name, StoredColumn place) => Add(name, ColumnKind.Address, 45, place);

    private static ConnectionColumn Add(string name, ColumnKind kind, int maxLength, StoredColumn place, long min = long.MinValue, long max = long.MaxValue)
    {
        var column = new ConnectionColumn(List.Count, name, kind, maxLength, place, min, max);
        List.Add(column);
        ByName.Add(column.Utf8Name, column);
        return column;
    }
}
