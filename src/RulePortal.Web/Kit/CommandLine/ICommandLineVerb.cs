using System.CommandLine;
using RulePortal.Data.Auditing;
using RulePortal.Web.Shell;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Kit.CommandLine;

/// <summary>One verb of the command line, such as <c>import</c>. It lives in the folder of its feature and is listed in <see cref="PortalFeatures.Verbs"/>.</summary>
internal interface ICommandLineVerb
{
    /// <summary>The verb with its arguments, options and action; the action runs its work through <paramref name="host"/>.</summary>
    Command CreateCommand(VerbHost host);
}

/// <summary>Whoever runs the command line, as the operating system names them. They hold the store itself and may do everything.</summary>
internal static class CommandLineActor
{
    public static Actor Current { get; } = new("os:" + Environment.UserName, Environment.UserName) { Origin = Origins.CommandLine, Rights = ActorRights.All };
}
