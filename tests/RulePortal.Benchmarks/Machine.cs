using System.Globalization;
using System.Runtime.InteropServices;

namespace RulePortal.Benchmarks;

/// <summary>Where the numbers come from.</summary>
internal static class Machine
{
    public static string Describe(string duckDbFile)
    {
        using var duckDb = new DuckDbRule(duckDbFile);
        var memory = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1e9;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Processor()}, {Environment.ProcessorCount} cores, {memory:0} GB, {RuntimeInformation.OSDescription}; {RuntimeInformation.FrameworkDescription}; DuckDB {duckDb.Version}{Load()}.");
    }

    private static string Processor() => Read("/proc/cpuinfo")
        .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();

    // Somebody else's work on the same cores belongs beside the numbers.
    private static string Load() => Read("/proc/loadavg") is [var line, ..] ? $"; load average at the end {string.Join(' ', line.Split(' ').Take(3))}" : "";

    private static string[] Read(string file) => File.Exists(file) ? File.ReadAllLines(file) : [];
}
