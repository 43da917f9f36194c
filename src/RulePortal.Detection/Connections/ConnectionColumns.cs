using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Connections;

/// <summary>What a column of a connection holds, and so how it is compared.</summary>
public enum ColumnType
{
    /// <summary>An instant.</summary>
    Time = 0,

    /// <summary>Text, compared ordinally.</summary>
    Text = 1,

    /// <summary>An IPv4 or IPv6 address or nothing: text in canonical spelling, which can also be held against networks.</summary>
    Address = 2,

    /// <summary>A whole number between the column's limits.</summary>
    Whole = 3,

    /// <summary>A finite number of double precision.</summary>
    Real = 4,
}

/// <summary>One column of a connection.</summary>
/// <param name="Name">Its name in VMConnection, compared ordinally.</param>
/// <param name="Type">What it holds.</param>
/// <param name="Description">What it means, as a sentence.</param>
public sealed record ConnectionColumn(string Name, ColumnType Type, string Description)
{
    /// <summary>Its index in <see cref="ConnectionColumns.All"/>.</summary>
    public int Ordinal { get; init; }

    /// <summary>Whether it has a column of its own in the store; the others go into one JSON object, Details.</summary>
    public bool IsStored { get; init; }

    /// <summary>Most characters (UTF-16 code units) of a text.</summary>
    /// <value>0 for a column that is no text; at most 400 for a stored one, since a dictionary holds its texts.</value>
    public int MaxLength { get; init; }

    /// <summary>Smallest whole number allowed.</summary>
    public long Min { get; init; } = long.MinValue;

    /// <summary>Largest whole number allowed.</summary>
    public long Max { get; init; } = long.MaxValue;

    /// <summary>What its value names on an alert, or null when it names nothing.</summary>
    public EntityType? Entity { get; init; }

    /// <summary>Whether it is a text that writes a number.</summary>
    public bool WritesNumber { get; init; }

    /// <summary>Whether it is compared as text; a missing one is then the empty text.</summary>
    public bool IsText => Type is ColumnType.Text or ColumnType.Address;

    /// <summary>Whether it is a number; a missing one is then null.</summary>
    public bool IsNumber => Type is ColumnType.Whole or ColumnType.Real;

    /// <summary>Whether its numbers fit into 32 bits.</summary>
    public bool IsShort => Type is ColumnType.Whole && Min >= int.MinValue && Max <= int.MaxValue;
}

/// <summary>The columns of a connection: the one list from which reading, storing, the view VMConnection, the doctor and the documentation follow.</summary>
/// <remarks>Names and meanings are those of Azure Monitor's table VMConnection. To store a column by itself, move its line up.</remarks>
public static class ConnectionColumns
{
    private const int LongestAddress = 45;

    private static readonly ConnectionColumn[] Stored =
    [
        new("TimeGenerated", ColumnType.Time, "Start of the observed minute, UTC."),
        Text("Computer", 255, "Fully qualified name of the reporting machine.") with { Entity = EntityType.Host },
        Text("Direction", 20, "inbound or outbound, as the reporting machine sees it."),
        Text("ProcessName", 400, "Executable name of the process.") with { Entity = EntityType.Process },
        Address("SourceIp", "Address of the end that began the connection."),
        Address("DestinationIp", "Address of the end that accepted it."),
        Whole("DestinationPort", "Port at the destination.") with { Min = 0, Max = 65_535 },
        Text("Protocol", 20, "Transport protocol, tcp in VMConnection."),
        Address("RemoteIp", "Address of the end that is not the reporting machine."),
        Text("RemoteCountry", 100, "Country name of the remote end; empty for private addresses.") with { Entity = EntityType.Country },
        Address("MaliciousIp", "The remote address when it is on Microsoft's list of malicious ones; else empty."),
        Whole("BytesSent", "Bytes sent in the minute."),
        Whole("BytesReceived", "Bytes received in the minute."),
        Whole("LinksEstablished", "Connections established in the minute."),
    ];

    private static readonly ConnectionColumn[] InDetails =
    [
        Whole("LinksTerminated", "Connections ended in the minute."),
        Whole("LinksFailed", "Connections that failed in the minute; outbound only."),
        Whole("LinksLive", "Connections open at the minute's end."),
        Whole("Responses", "Responses seen in the minute."),
        Whole("ResponseTimeMin", "Shortest response time, in milliseconds."),
        Whole("ResponseTimeMax", "Longest response time, in milliseconds."),
        Whole("ResponseTimeSum", "Sum of the response times, in milliseconds."),
        Whole("Severity", "Severity of the threat, 0 to 5.") with { Min = int.MinValue, Max = int.MaxValue },
        Real("RemoteLatitude", "Latitude of the remote end."),
        Real("RemoteLongitude", "Longitude of the remote end."),
        Real("_BilledSize", "Size of the record for billing, in bytes."),
        Text("AgentId", 400, "Identity of the agent."),
        Text("Machine", 400, "Identity of the reporting machine in the map, m-{GUID}."),
        Text("Process", 400, "Identity of the process in the map, unique only with Machine."),
        Text("ConnectionId", 400, "Identity of the record."),
        Text("RemoteClassification", 400, "Class of the remote end; reserved."),
        Text("IndicatorThreatType", 400, "Kind of threat, such as Botnet or C2."),
        Text("TLPLevel", 400, "Traffic light protocol level: White, Green, Amber or Red."),
        Text("Confidence", 400, "Confidence in the threat, 0 to 100, as text.") with { WritesNumber = true },
        Text("FirstReportedDateTime", 400, "When the threat was first reported."),
        Text("LastReportedDateTime", 400, "When the threat was last reported."),
        Text("IsActive", 400, "Whether the threat is active: True or False."),
        Text("SourceSystem", 400, "What wrote the record."),
        Text("Type", 400, "Name of the table."),
        Text("_ResourceId", 400, "The machine's Azure resource."),
        Text("_SubscriptionId", 400, "The machine's Azure subscription."),
        Text("_IsBillable", 400, "Whether the record is billed: true or false."),
        Text("TenantId", 400, "The Log Analytics workspace."),
        Text("ReportReferenceLink", 2_000, "Link to a report of the threat."),
        Text("RemoteDnsQuestions", 8_000, "DNS names that were asked for the remote address, a JSON array."),
        Text("RemoteDnsCanonicalNames", 8_000, "Canonical DNS names of the remote address, a JSON array."),
        Text("Description", 8_000, "Description of the threat."),
        Text("AdditionalInformation", 8_000, "More about the threat."),
    ];

    private static readonly Dictionary<string, ConnectionColumn> ByName;

    static ConnectionColumns()
    {
        All = [.. Stored.Select(column => column with { IsStored = true }).Concat(InDetails).Select((column, ordinal) => column with { Ordinal = ordinal })];
        ByName = All.ToDictionary(column => column.Name, StringComparer.Ordinal);
        TimeGenerated = ByName["TimeGenerated"];
        Computer = ByName["Computer"];
        Direction = ByName["Direction"];
        RemoteCountry = ByName["RemoteCountry"];
    }

    /// <summary>Every column, the stored ones first.</summary>
    public static IReadOnlyList<ConnectionColumn> All { get; }

    /// <summary>The one column that every row has.</summary>
    public static ConnectionColumn TimeGenerated { get; }

    /// <summary>The reporting machine.</summary>
    public static ConnectionColumn Computer { get; }

    /// <summary>The direction.</summary>
    public static ConnectionColumn Direction { get; }

    /// <summary>The remote end's country.</summary>
    public static ConnectionColumn RemoteCountry { get; }

    /// <summary>The column of a name, or null when there is none.</summary>
    public static ConnectionColumn? Find(string name) => ByName.GetValueOrDefault(name);

    private static ConnectionColumn Text(string name, int maxLength, string description) => new(name, ColumnType.Text, description) { MaxLength = maxLength };

    private static ConnectionColumn Address(string name, string description) =>
        new(name, ColumnType.Address, description) { MaxLength = LongestAddress, Entity = EntityType.Ip };

    private static ConnectionColumn Whole(string name, string description) => new(name, ColumnType.Whole, description);

    private static ConnectionColumn Real(string name, string description) => new(name, ColumnType.Real, description);
}
