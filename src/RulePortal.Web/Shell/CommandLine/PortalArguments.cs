namespace RulePortal.Web.Shell.CommandLine;

/// <summary>The command line in two parts: what configures the application, and what it shall do.</summary>
/// <remarks>A configuration argument is <c>--Section:Key=value</c>, <c>--Section:Key value</c>, or one of the host's own names, such as <c>--urls</c>.</remarks>
internal sealed record PortalArguments(string[] Configuration, string[] Command)
{
    private static readonly HashSet<string> HostNames = new(StringComparer.OrdinalIgnoreCase)
    {
        "urls", "http_ports", "https_ports", "environment", "applicationName", "contentRoot", "webRoot", "AllowedHosts", "detailedErrors",
        "captureStartupErrors", "hostingStartupAssemblies", "preventHostingStartup", "preferHostingUrls", "shutdownTimeoutSeconds",
        "suppressStatusMessages",
    };

    public static PortalArguments Split(IReadOnlyList<string> args)
    {
        var configuration = new List<string>();
        var command = new List<string>();
        for (var i = 0; i < args.Count; i++)
        {
            if (args[i] == "--")
            {
                command.AddRange(args.Skip(i));
                break;
            }

            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                command.Add(args[i]);
                continue;
            }

            var equals = args[i].IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? args[i][2..] : args[i][2..equals];
            if (!name.Contains(':', StringComparison.Ordinal) && !HostNames.Contains(name))
            {
                command.Add(args[i]);
            }
            else if (equals < 0 && i + 1 < args.Count)
            {
                configuration.Add($"--{name}={args[++i]}");
            }
            else
            {
                configuration.Add(args[i]);
            }
        }

        if (command.TrueForAll(a => a.StartsWith('-')))
        {
            // Without a verb nothing else takes values, so that any key of the configuration may be given.
            configuration.AddRange(command.Where(IsAssignment));
            command.RemoveAll(IsAssignment);
        }

        return new PortalArguments([.. configuration], [.. command]);
    }

    private static bool IsAssignment(string argument) => argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal);
}
