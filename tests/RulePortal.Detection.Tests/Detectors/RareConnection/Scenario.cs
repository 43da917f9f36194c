using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;

namespace RulePortal.Detection.Tests.Detectors.RareConnection;

/// <summary>A few rows around midnight, evaluated at midnight with a window of one hour.</summary>
internal sealed class Scenario
{
    public static readonly DateTime Midnight = new(2026, 1, 31, 0, 0, 0, DateTimeKind.Utc);
    private readonly List<VmConnection> rows = [];

    public static VmConnection Row { get; } = new()
    {
        TimeGenerated = Midnight.AddMinutes(-10),
        Computer = "vm-01",
        Direction = "outbound",
        ProcessName = "curl",
        SourceIp = "10.0.0.4",
        DestinationIp = "203.0.113.9",
        DestinationPort = 443,
        Protocol = "tcp",
        RemoteCountry = "Alfa",
        BytesSent = 100,
        BytesReceived = 1_000,
    };

    public Scenario Window(int times = 1, Func<VmConnection, VmConnection>? change = null) => Add(times, Midnight.AddMinutes(-10), change);

    public Scenario Before(TimeSpan ago, int times = 1, Func<VmConnection, VmConnection>? change = null) =>
        Add(times, Midnight - ago, change);

    public Task<IReadOnlyList<Finding>> DetectAsync(string settingsJson = "{}") => DetectAsync(Bound.First(settingsJson));

    public Task<IReadOnlyList<Finding>> DetectAsync(BoundRule rule) => rule.DetectAsync(Midnight, new InMemoryConnections(rows), default);

    private Scenario Add(int times, DateTime instant, Func<VmConnection, VmConnection>? change)
    {
        var row = Row with { TimeGenerated = instant };
        rows.AddRange(Enumerable.Repeat(change is null ? row : change(row), times));
        return this;
    }
}
