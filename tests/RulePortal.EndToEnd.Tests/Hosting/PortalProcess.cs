using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.RegularExpressions;

namespace RulePortal.EndToEnd.Tests.Hosting;

/// <summary>The built portal as a process of its own, over a data directory of the test's.</summary>
internal sealed partial class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);
    private static readonly string Program = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/RulePortal.Web/bin/Debug/net10.0/RulePortal.Web.dll"));

    private readonly Process process;
    private readonly ConcurrentQueue<string> output = new();
    private readonly TaskCompletionSource<Uri> opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Read(e.Data);
        process.ErrorDataReceived += (_, e) => Read(e.Data);
        process.Exited += (_, _) => opened.TrySetException(new InvalidOperationException($"The portal ended before it was open:\n{Output}"));
    }

    public Uri Address { get; private set; } = null!;

    public string Output => string.Join('\n', output);

    /// <summary>Starts the portal and waits until it says where it is open.</summary>
    public static Task<PortalProcess> ServeAsync(string dataDirectory, params string[] arguments) =>
        ServeAtAsync(new Uri("http://127.0.0.1:0"), dataDirectory, arguments);

    /// <summary>Starts the portal at an address that an earlier one had.</summary>
    public static Task<PortalProcess> ServeAtAsync(Uri address, string dataDirectory, params string[] arguments) =>
        OpenAsync(Start(dataDirectory, ["--urls", address.ToString(), .. arguments]));

    /// <summary>Starts the published portal as it runs in production, at any port over https.</summary>
    public static async Task<PortalProcess> ServeInProductionAsync(string dataDirectory, IReadOnlyDictionary<string, string> environment)
    {
        var production = new Dictionary<string, string>(environment, StringComparer.Ordinal) { ["ASPNETCORE_ENVIRONMENT"] = "Production" };
        return await OpenAsync(Start(await PublishedPortal.ProgramAsync(), dataDirectory, production, ["--urls", "https://127.0.0.1:0"]));
    }

    /// <summary>Starts a verb and leaves it running.</summary>
    public static PortalProcess Start(string dataDirectory, params string[] arguments) =>
        Start(Program, dataDirectory, new Dictionary<string, string>(StringComparer.Ordinal), arguments);

    /// <summary>Starts a verb, or the portal, with variables of its own.</summary>
    public static PortalProcess StartWith(IReadOnlyDictionary<string, string> environment, string dataDirectory, params string[] arguments) =>
        Start(Program, dataDirectory, environment, arguments);

    /// <summary>Runs a verb to its end.</summary>
    public static async Task<(int ExitCode, string Output)> RunAsync(string dataDirectory, params string[] arguments)
    {
        await using var verb = Start(dataDirectory, arguments);
        await verb.process.WaitForExitAsync().WaitAsync(Patience);
        return (verb.process.ExitCode, verb.Output);
    }

    /// <summary>Whether it has ended, by itself or otherwise.</summary>
    public bool HasEnded => process.HasExited;

    /// <summary>Waits for its end.</summary>
    /// <returns>The exit code.</returns>
    public async Task<int> EndAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    /// <summary>kill -9.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the process to end by itself.</summary>
    /// <returns>Its exit code.</returns>
    public async Task<int> ExitAsync()
    {
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }

    private static async Task<PortalProcess> OpenAsync(PortalProcess portal)
    {
        try
        {
            portal.Address = await portal.opened.Task.WaitAsync(Patience);
        }
        catch (TimeoutException e)
        {
            await portal.DisposeAsync();
            throw new InvalidOperationException($"The portal was not open after {Patience.TotalMinutes:0} min:\n{portal.Output}", e);
        }

        return portal;
    }

    private static PortalProcess Start(string program, string dataDirectory, IReadOnlyDictionary<string, string> environment, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[program, .. arguments])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Storage__DataDirectory"] = dataDirectory;
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        var portal = new PortalProcess(start);
        portal.process.Start();
        portal.process.BeginOutputReadLine();
        portal.process.BeginErrorReadLine();
        return portal;
    }

    private void Read(string? line)
    {
        if (line is null)
        {
            return;
        }

        output.Enqueue(line);
        if (OpenAt().Match(line) is { Success: true } match)
        {
            opened.TrySetResult(new Uri(match.Groups["address"].Value));
        }
    }

    [GeneratedRegex(@"RulePortal is open at (?<address>https?://\S+)", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex OpenAt();
}
