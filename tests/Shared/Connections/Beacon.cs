using RulePortal.Detection.Connections;

namespace RulePortal.Tests.Connections;

/// <summary>Connections of one process on one machine, which six of in an hour make the first rule fire.</summary>
internal static class Beacon
{
    public static VmConnection Connection(DateTime atUtc, string country, int port) => new()
    {
        TimeGenerated = atUtc,
        Computer = "vm-01",
        Direction = "outbound",
        ProcessName = "nc",
        SourceIp = "10.0.0.4",
        DestinationIp = "203.0.113.10",
        DestinationPort = port,
        Protocol = "tcp",
        RemoteIp = "203.0.113.10",
        RemoteCountry = country,
    };
}
