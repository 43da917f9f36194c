using RulePortal.Data.Auditing;

namespace RulePortal.Web.Kit.CommandLine;

/// <summary>Whoever runs the command line, as the operating system names them. They hold the store itself and may do everything.</summary>
internal static class CommandLineActor
{
    public static Actor Current { get; } = new("os:" + Environment.UserName, Environment.UserName) { Origin = Origins.CommandLine, Rights = ActorRights.All };
}
