using RulePortal.Data.Auditing;

namespace RulePortal.Web.Shell.CommandLine;

/// <summary>Whoever runs the command line, as the operating system names them.</summary>
internal static class CommandLineActor
{
    public static Actor Current { get; } = new("os:" + Environment.UserName, Environment.UserName) { Origin = Origins.CommandLine };
}
