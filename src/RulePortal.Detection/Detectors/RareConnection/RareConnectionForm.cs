using System.Text.Json;
using System.Text.RegularExpressions;
using RulePortal.Detection.Connections;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Detectors.RareConnection;

/// <summary>What tells the rules of rare connections apart; the rest they share.</summary>
internal sealed partial record RareConnectionForm
{
    public required string Kind { get; init; }

    public required string DisplayName { get; init; }

    /// <summary>What the tuple is, for people.</summary>
    public required string TupleWords { get; init; }

    /// <summary>The columns of a result row, from the left row that stands for its join key and the group on the right.</summary>
    public required Func<SeenTuple, RareGroup, IReadOnlyList<ResultColumn>> Columns { get; init; }

    /// <summary>The columns by which a result row is named.</summary>
    public required IReadOnlyList<NamingColumn> NamingColumns { get; init; }

    /// <summary>Which rows; null where the settings say.</summary>
    public string? Direction { get; init; }

    /// <summary>Whether the direction is compared as <c>=~</c> does.</summary>
    public bool IgnoresCase { get; init; }

    /// <summary>Whether the tuple is the blocks of the addresses (<c>trim_end(@"\.[0-9]*", …)</c>) and not process and addresses.</summary>
    public bool IsByBlock { get; init; }

    /// <summary>Whether the final join is on country, source and destination, and not on the country alone.</summary>
    public bool JoinsOnAddresses { get; init; }

    /// <summary>Whether addresses that start with <c>192.168.</c> make no tuple.</summary>
    public bool ExcludesInternalTuples { get; init; }

    /// <summary>Whether addresses that start with <c>192.168.</c> make no result row.</summary>
    public bool ExcludesInternalResults { get; init; }

    /// <summary>Whether result rows are grouped by IndicatorThreatType, Confidence and ReportReferenceLink as well.</summary>
    public bool GroupsByIndicator { get; init; }

    /// <summary>Whether the result is ordered by <c>countToday desc</c>.</summary>
    public bool OrdersByCount { get; init; }

    /// <summary>The left row of the query that a connection belongs to.</summary>
    public ConnectionTuple LeftOf(VmConnection row) => IsByBlock ? new("", row.SourceIp, row.DestinationIp, row.RemoteCountry) : ConnectionTuple.Of(row);

    /// <summary>What is counted in the past to judge whether a left row is new.</summary>
    public ConnectionTuple TupleOf(ConnectionTuple left) =>
        IsByBlock ? left with { SourceIp = Block(left.SourceIp), DestinationIp = Block(left.DestinationIp) } : left;

    /// <summary>What the final join compares, the country aside.</summary>
    public (string Source, string Destination) JoinKey(string source, string destination) => JoinsOnAddresses ? (source, destination) : default;

    /// <summary>Of the window's rows, those that make tuples.</summary>
    public IEnumerable<VmConnection> Tuples(IEnumerable<VmConnection> rows) => ExcludesInternalTuples ? rows.Where(row => !IsInternal(row)) : rows;

    /// <summary>The window's rows as the right side of the join groups them.</summary>
    public IReadOnlyList<RareGroup> Groups(IEnumerable<VmConnection> rows)
    {
        var counted = ExcludesInternalResults ? rows.Where(row => !IsInternal(row)) : rows;
        return GroupsByIndicator
            ? [.. counted.GroupBy(row => Indicator.Of(row.Details)).SelectMany(part => ConnectionGroup.Summarize(part).Select(group => new RareGroup(group, part.Key)))
                .OrderBy(group => group.Group.Key, ConnectionGroupKey.Order).ThenBy(group => group.Indicator.ToString(), StringComparer.Ordinal)]
            : [.. ConnectionGroup.Summarize(counted).Select(group => new RareGroup(group, Indicator.None))];
    }

    private static bool IsInternal(VmConnection row) =>
        row.SourceIp.StartsWith("192.168.", StringComparison.Ordinal) || row.DestinationIp.StartsWith("192.168.", StringComparison.Ordinal);

    private static string Block(string address) => LastOctet().Replace(address, "");

    [GeneratedRegex(@"\.[0-9]*\z", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex LastOctet();
}

/// <summary>A row of the right side of the join.</summary>
internal sealed record RareGroup(ConnectionGroup Group, Indicator Indicator)
{
    public string GroupKey => GroupKeys.Hash(Indicator == Indicator.None ? Group.Key.Values : [.. Group.Key.Values, .. Indicator.Values]);

    public IReadOnlyList<FindingEntity> Entities =>
    [
        .. new FindingEntity[]
        {
            new(EntityType.Host, Group.Key.Computer),
            new(EntityType.Process, Group.Key.ProcessName),
            new(EntityType.Ip, Group.Key.SourceIp),
            new(EntityType.Ip, Group.Key.DestinationIp),
            new(EntityType.Country, Group.Key.RemoteCountry),
        }.Where(entity => entity.Value.Length > 0).Distinct(),
    ];
}

/// <summary>What the source says of a connection's remote address.</summary>
internal sealed record Indicator(string ThreatType, string Confidence, string ReportReferenceLink)
{
    public static Indicator None { get; } = new("", "", "");

    public IReadOnlyList<string> Values => [ThreatType, Confidence, ReportReferenceLink];

    public static Indicator Of(string? details)
    {
        if (details is null)
        {
            return None;
        }

        using var document = JsonDocument.Parse(details);
        return new Indicator(Text("IndicatorThreatType"), Text("Confidence"), Text("ReportReferenceLink"));

        string Text(string column) => document.RootElement.TryGetProperty(column, out var value) ? TextOf(value) : "";
    }

    // Half a surrogate pair is JSON and no text: like a number, it stands as it is spelled.
    private static string TextOf(JsonElement value)
    {
        try
        {
            return value.ValueKind is JsonValueKind.String or JsonValueKind.Null ? value.GetString() ?? "" : value.GetRawText();
        }
        catch (InvalidOperationException)
        {
            return value.GetRawText();
        }
    }
}
