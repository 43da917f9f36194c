namespace RulePortal.Detection.Taxonomy;

/// <summary>What an alert's entity is, in Sentinel's words where it has one.</summary>
public enum EntityType
{
    /// <summary>A machine, by its computer name.</summary>
    Host = 0,

    /// <summary>A process, by its executable's name.</summary>
    Process = 1,

    /// <summary>An address.</summary>
    Ip = 2,

    /// <summary>A country name as the telemetry spells it.</summary>
    Country = 3,
}
