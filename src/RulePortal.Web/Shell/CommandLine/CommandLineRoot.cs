using System.CommandLine;
using System.Globalization;
using RulePortal.Web.Kit;
using RulePortal.Web.Kit.CommandLine;

namespace RulePortal.Web.Shell.CommandLine;

/// <summary>The root of the command line: without a verb the web application runs.</summary>
internal static class CommandLineRoot
{
    private static readonly TimeSpan TimeToStop = TimeSpan.FromSeconds(30);

    public static async Task<int> RunAsync(string[] args, TextWriter? output = null, TextWriter? error = null)
    {
        output ??= Console.Out;
        error ??= Console.Error;
        var arguments = PortalArguments.Split(args);
        var root = Create(arguments.Configuration, output);
        var parsed = root.Parse(arguments.Command);
        if (parsed.Errors.Count > 0)
        {
            await TellAsync(error, Misuse(root, arguments.Command) is { } misuse ? [misuse] : parsed.Errors.Select(e => e.Message));
            await error.WriteLineAsync("--help lists the verbs and options.");
            return ExitCode.Misused;
        }

        var serves = ReferenceEquals(parsed.CommandResult.Command, root);
        var invocation = new InvocationConfiguration
        {
            Output = output,
            Error = error,
            EnableDefaultExceptionHandler = false,
            // The web application stops by its own host's rules.
            ProcessTerminationTimeout = serves ? null : TimeToStop,
        };
        try
        {
            return await parsed.InvokeAsync(invocation);
        }
        catch (StartRefusedException refusal)
        {
            await TellAsync(error, refusal.Faults);
            return ExitCode.Failed;
        }
        catch (OperationCanceledException) when (!serves)
        {
            await error.WriteLineAsync("Stopped before it was done.");
            return ExitCode.Failed;
        }
    }

    private static RootCommand Create(string[] configuration, TextWriter output)
    {
        var demo = new Option<bool>("--demo") { Description = "Fill an empty store with generated connections and go on adding the present minute's." };
        var root = new RootCommand(
            "RulePortal. Without a verb the web application runs. Settings are given as --Section:Key=value, as environment variables (Section__Key) or in appsettings.json.")
        {
            demo,
        };
        // The demo's machines are quiet at night; what the caller says of it comes later and wins.
        root.SetAction((parsed, _) => PortalApp.ServeAsync(parsed.GetValue(demo) ? ["--Sources:ExpectedInterval=12:00:00", .. configuration, "--Demo:Enabled=true"] : configuration, output));
        var host = new VerbHost(configuration);
        foreach (var verb in PortalFeatures.Verbs)
        {
            root.Add(verb.CreateCommand(host));
        }

        return root;
    }

    private static string? Misuse(RootCommand root, string[] command)
    {
        var verbs = root.Subcommands.Select(c => c.Name).Order(StringComparer.Ordinal).ToList();
        return command is [var first, ..] && !first.StartsWith('-') && !verbs.Contains(first, StringComparer.Ordinal)
            ? string.Create(CultureInfo.InvariantCulture, $"'{first}' is no verb of RulePortal. The verbs are {string.Join(", ", verbs)}.")
            : null;
    }

    private static async Task TellAsync(TextWriter error, IEnumerable<string> sentences)
    {
        foreach (var sentence in sentences)
        {
            await error.WriteLineAsync(sentence);
        }
    }
}
