using System.Globalization;
using System.Reflection;
using RulePortal.Benchmarks;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["duckdb-import", var file, var database, var which])
{
    using var duckDb = new DuckDbRule(database);
    Console.WriteLine(duckDb.Import(file, allColumns: which == "all"));
    return 0;
}

var directory = Path.Combine(Path.GetTempPath(), "RulePortal.Benchmarks");
var (onlyEvaluate, onlySimulate, scale) = (false, false, BenchmarkData.UsualScale);
for (var i = 0; i < args.Length; i++)
{
    if (args[i] == "evaluate")
    {
        onlyEvaluate = true;
    }
    else if (args[i] == "simulate")
    {
        onlySimulate = true;
    }
    else if (args[i] == "--scale" && i + 1 < args.Length && int.TryParse(args[i + 1], CultureInfo.InvariantCulture, out var times) && times is >= 1 and <= 100)
    {
        scale = times;
        i++;
    }
    else if (args[i] == "--directory" && i + 1 < args.Length)
    {
        directory = Path.GetFullPath(args[++i]);
    }
    else
    {
        Console.Error.WriteLine("dotnet run -c Release --project tests/RulePortal.Benchmarks [-- [evaluate | simulate] [--scale 1..100] [--directory FOLDER]]");
        Console.Error.WriteLine("Generates the records once into the folder, which takes 3 GB, then measures and prints a table. With 'evaluate' or 'simulate' the stores of the last run are used again where there are any. A scale is some 400,000 records; usual is 8.");
        return 2;
    }
}

#if DEBUG
Console.Error.WriteLine("These are numbers of a Debug build. Use -c Release.");
#endif

var web = typeof(Measure).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "WebAssembly").Value!;
var measures = new List<Measure>();
var stored = new BenchmarkData(directory, allColumns: false, scale);
Say($"Generating {stored.File}");
stored.Prepare();
Say(stored.Describe());
var import = new Import(directory, web, Say);
var everything = !onlyEvaluate && !onlySimulate;
if (everything || !File.Exists(Path.Combine(import.DataDirectory(stored), "portal.db")))
{
    measures.AddRange(import.Run(stored));
}

if (!onlySimulate)
{
    measures.AddRange(await new Evaluation(import.DataDirectory(stored), import.DuckDb(stored)).RunAsync());
}

if (!onlyEvaluate)
{
    measures.AddRange(await new Simulation(import.DataDirectory(stored), import.DuckDb(stored), isLarge: stored.Records > 10_000_000).RunAsync());
}

if (everything && scale == BenchmarkData.UsualScale)
{
    var all = new BenchmarkData(directory, allColumns: true, scale);
    Say($"Generating {all.File}");
    all.Prepare();
    Say(all.Describe());
    measures.AddRange(import.Run(all));
}

Console.WriteLine();
Console.WriteLine(Machine.Describe(import.DuckDb(stored)));
Console.WriteLine();
Console.WriteLine("| measure | RulePortal | DuckDB | ratio | target |");
Console.WriteLine("| --- | --- | --- | --- | --- |");
foreach (var measure in measures)
{
    Console.WriteLine($"| {measure.What} | {measure.Ours} | {measure.DuckDb} | {measure.Ratio} | {measure.Target} |");
}

return 0;

static void Say(string what) => Console.Error.WriteLine(what);
