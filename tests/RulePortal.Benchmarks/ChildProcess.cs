using System.Diagnostics;
using System.Globalization;

namespace RulePortal.Benchmarks;

/// <summary>A process run to its end, with the time it took and the most memory it held.</summary>
internal sealed record ChildProcess(TimeSpan Elapsed, long PeakBytes, string Output)
{
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public static ChildProcess Run(string assembly, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        start.ArgumentList.Add(assembly);
        foreach (var argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        var clock = Stopwatch.StartNew();
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        long peak = 0;
        while (!process.WaitForExit(50))
        {
            peak = Math.Max(peak, Peak(process));
        }

        var elapsed = clock.Elapsed;
        return process.ExitCode == 0
            ? new ChildProcess(elapsed, peak, output.Result)
            : throw new InvalidOperationException($"{string.Join(' ', arguments)} ended with {process.ExitCode}: {output.Result}{error.Result}");
    }

    // The kernel's own high-water mark where there is one: it misses nothing between two looks.
    private static long Peak(Process process)
    {
        try
        {
            var line = File.ReadLines(string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status")).FirstOrDefault(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
            return line is null ? 0 : long.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) * 1024;
        }
        catch (IOException)
        {
            process.Refresh();
            return process.HasExited ? 0 : process.PeakWorkingSet64;
        }
    }
}
