namespace RulePortal.Data.Auditing;

/// <summary>From where something is done when no client's address says it.</summary>
public static class Origins
{
    /// <summary>The portal's own jobs.</summary>
    public const string Scheduler = "scheduler";

    /// <summary>The portal while it starts.</summary>
    public const string Start = "start";

    /// <summary>The command line, on the machine that holds the store.</summary>
    public const string CommandLine = "command line";

    /// <summary>A connection without an address, such as a local socket; and every entry written before origins were kept.</summary>
    public const string Unknown = "unknown";
}
