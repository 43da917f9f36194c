namespace RulePortal.Web.Features.Demo.Generator;

/// <summary>A process of a machine that keeps talking to some places on one port.</summary>
/// <param name="Host">The reporting machine.</param>
/// <param name="Process">Executable name.</param>
/// <param name="Inbound">Whether the other side opened the connection.</param>
/// <param name="Port">Port at the destination.</param>
/// <param name="Remotes">The places, the ones used most first.</param>
/// <param name="Rhythm">When.</param>
/// <param name="PerHour">Records an hour at the full rate, at most 60.</param>
/// <param name="Sent">Typical bytes sent in a minute.</param>
/// <param name="Received">Typical bytes received in a minute.</param>
internal sealed record DemoFlow(
    DemoHost Host,
    string Process,
    bool Inbound,
    int Port,
    IReadOnlyList<DemoRemote> Remotes,
    DemoRhythm Rhythm,
    double PerHour,
    long Sent,
    long Received);
