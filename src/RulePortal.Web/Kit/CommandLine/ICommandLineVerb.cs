using System.CommandLine;
using RulePortal.Data.Auditing;

namespace RulePortal.Web.Kit.CommandLine;

/// <summary>One verb of the command line, such as <c>import</c>. It lives in the folder of its feature and is listed in the shell.</summary>
internal interface ICommandLineVerb
{
    /// <summary>The verb with its arguments, options and action; the action runs its work through <paramref name="host"/>.</summary>
    Command CreateCommand(IVerbHost host);
}

/// <summary>Runs a verb's work inside the application's services, without serving: no port, no jobs, no hosted service.</summary>
internal interface IVerbHost
{
    /// <summary>Checks the settings, brings the store to this build's schema or demands it, then does the work in a scope of its own.</summary>
    Task<int> RunAsync(Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken) =>
        RunAsync(prepareStore: true, work, cancellationToken);

    /// <inheritdoc cref="RunAsync(Func{IServiceProvider, CancellationToken, Task{int}}, CancellationToken)"/>
    /// <param name="prepareStore">False for a verb that looks after the store itself.</param>
    Task<int> RunAsync(bool prepareStore, Func<IServiceProvider, CancellationToken, Task<int>> work, CancellationToken cancellationToken);
}

/// <summary>What the process answers to the one who started it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Misused = 2;
}

/// <summary>Whoever runs the command line, as the operating system names them. They hold the store itself and may do everything.</summary>
internal static class CommandLineActor
{
    public static Actor Current { get; } = new("os:" + Environment.UserName, Environment.UserName) { Origin = Origins.CommandLine, Rights = ActorRights.All };
}
