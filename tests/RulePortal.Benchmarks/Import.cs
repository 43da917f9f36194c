namespace RulePortal.Benchmarks;

/// <summary>Imports the file through the command line, and into DuckDB, each in a process of its own.</summary>
internal sealed class Import(string directory, string webAssembly, Action<string> say)
{
    public string DataDirectory(BenchmarkData data) => Path.Combine(directory, Path.GetFileName(data.File) + ".portal");

    public string DuckDb(BenchmarkData data) => Path.Combine(directory, Path.GetFileName(data.File) + ".duckdb");

    public IEnumerable<Measure> Run(BenchmarkData data)
    {
        var (store, database) = (DataDirectory(data), DuckDb(data));
        if (Directory.Exists(store))
        {
            Directory.Delete(store, recursive: true);
        }

        File.Delete(database);
        ReadThrough(data.File);
        say("Importing through the command line");
        var ours = ChildProcess.Run(webAssembly, "import", data.File, $"--Storage:DataDirectory={store}");
        say(ours.Output.TrimEnd());
        ReadThrough(data.File);
        say("Importing into DuckDB");
        var theirs = ChildProcess.Run(typeof(Import).Assembly.Location, "duckdb-import", data.File, database, data.HasAllColumns ? "all" : "kept");

        var name = data.HasAllColumns ? "every column of the table" : "the columns that are kept apart, and DNS names";
        var (rate, duckRate) = (data.Records / ours.Elapsed.TotalSeconds, data.Records / theirs.Elapsed.TotalSeconds);
        var targeted = !data.HasAllColumns;
        return
        [
            new Measure(
                $"Import of NDJSON.gz with {name} ({data.Describe()})",
                $"{rate:N0} records/s",
                $"{duckRate:N0} records/s",
                $"{rate / duckRate:0.00}",
                targeted ? $"at least 60,000/s: {(rate >= 60_000 ? "met" : "missed")}" : "-"),
            new Measure(
                $"Peak memory of that import ({name})",
                $"{ours.PeakBytes / 1e6:N0} MB",
                $"{theirs.PeakBytes / 1e6:N0} MB",
                $"{(double)ours.PeakBytes / theirs.PeakBytes:0.00}",
                targeted ? $"at most 400 MB: {(ours.PeakBytes <= 400_000_000 ? "met" : "missed")}" : "-"),
            new Measure(
                $"Size on disk ({name})",
                $"{Size(Path.Combine(store, "portal.db")) / 1e6:N0} MB",
                $"{Size(database) / 1e6:N0} MB",
                $"{(double)Size(Path.Combine(store, "portal.db")) / Size(database):0.00}",
                "-"),
        ];
    }

    private static long Size(string file) => new FileInfo(file).Length;

    // Both find the file in the system's cache.
    private static void ReadThrough(string file)
    {
        using var stream = File.OpenRead(file);
        stream.CopyTo(Stream.Null);
    }
}
