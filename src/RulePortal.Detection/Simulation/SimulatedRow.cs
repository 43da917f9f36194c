using RulePortal.Detection.Connections;
using RulePortal.Detection.Detectors;
using RulePortal.Detection.Taxonomy;

namespace RulePortal.Detection.Simulation;

/// <summary>A result row by name.</summary>
/// <param name="GroupKey">The finding's <see cref="Finding.GroupKey"/>.</param>
/// <param name="Process">Executable name, as the telemetry spells it.</param>
/// <param name="Host">Reporting machine.</param>
/// <param name="Country">Country name.</param>
/// <param name="Destination">Address talked to.</param>
/// <param name="FirstUtc">Its earliest row in the window, or the window's end where that is not known. UTC.</param>
public sealed record SimulatedRow(string GroupKey, string Process, string Host, string Country, string Destination, DateTime FirstUtc)
{
    /// <summary>The row of a group of connections.</summary>
    public static SimulatedRow Of(ConnectionGroup group)
    {
        ArgumentNullException.ThrowIfNull(group);
        return new SimulatedRow(GroupKeys.Hash(group.Key.Values), group.Key.ProcessName, group.Key.Computer, group.Key.RemoteCountry, group.Key.DestinationIp, group.MinTimeGenerated);
    }

    /// <summary>The row of a finding, by its entities.</summary>
    public static SimulatedRow Of(Finding finding, DateTime windowEndUtc)
    {
        ArgumentNullException.ThrowIfNull(finding);
        return new SimulatedRow(
            finding.GroupKey,
            Entity(EntityType.Process),
            Entity(EntityType.Host),
            Entity(EntityType.Country),
            finding.Entities.LastOrDefault(entity => entity.Type == EntityType.Ip)?.Value ?? "",
            finding.Columns.FirstOrDefault(column => column.Name == "min_TimeGenerated").Value as DateTime? ?? windowEndUtc);

        string Entity(EntityType type) => finding.Entities.FirstOrDefault(entity => entity.Type == type)?.Value ?? "";
    }
}
