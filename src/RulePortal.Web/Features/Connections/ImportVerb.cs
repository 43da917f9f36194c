using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using Microsoft.EntityFrameworkCore;
using RulePortal.Data.Connections;
using RulePortal.Data.Intake;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Features.Connections;

/// <summary><c>import FILE...</c>: stores files of connections, batch by batch.</summary>
internal sealed class ImportVerb : ICommandLineVerb
{
    private const string StandardInput = "-";
    private const string Skip = "skip";

    private static readonly TimeSpan ReportEvery = TimeSpan.FromSeconds(5);

    public Command CreateCommand(IVerbHost host)
    {
        var files = new Argument<string[]>("file") { Description = "Files of JSON, NDJSON or CSV, each perhaps packed with gzip; - is standard input.", Arity = ArgumentArity.OneOrMore };
        files.Validators.Add(result =>
        {
            foreach (var file in result.GetValueOrDefault<string[]>() ?? [])
            {
                if (file is not StandardInput && !File.Exists(file))
                {
                    result.AddError($"There is no file '{file}'.");
                }
            }
        });
        var onError = new Option<string>("--on-error") { Description = "refuse (unless given): a batch with a bad row is refused whole. skip: its good rows are stored and the bad ones kept with their reasons.", DefaultValueFactory = _ => "refuse" };
        onError.AcceptOnlyFromAmong("refuse", Skip);
        var batchRows = new Option<int>("--batch-rows") { Description = "Rows of a batch, 1 to 1,000,000. A file that was imported before is cut as it was then.", DefaultValueFactory = _ => FileImportOptions.DefaultBatchRows };
        batchRows.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > ConnectionRowId.MaxRowsPerBatch)
            {
                result.AddError("--batch-rows must be from 1 to 1,000,000.");
            }
        });
        var command = new Command("import", "Store files of VMConnection records. Repeating an import that was interrupted completes it and stores nothing twice.") { files, onError, batchRows };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                foreach (var file in parsed.GetRequiredValue(files))
                {
                    var code = await ImportAsync(services, file, parsed.GetValue(onError) is Skip, parsed.GetValue(batchRows), parsed.InvocationConfiguration, token);
                    if (code is not ExitCode.Done)
                    {
                        return code;
                    }
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static async Task<int> ImportAsync(IServiceProvider services, string file, bool skip, int batchRows, InvocationConfiguration console, CancellationToken cancellationToken)
    {
        var time = services.GetRequiredService<TimeProvider>();
        var name = file is StandardInput ? "standard input" : file;
        var options = new FileImportOptions(BatchOrigin.CommandLine, CommandLineActor.Current)
        {
            FileName = file is StandardInput ? null : Path.GetFileName(file),
            SkipBadRows = skip,
            BatchRows = batchRows,
        };
        var started = time.GetTimestamp();
        try
        {
            await using var content = file is StandardInput ? Console.OpenStandardInput() : File.OpenRead(file);
            var result = await services.GetRequiredService<FileImporter>().ImportAsync(content, options, new ProgressLines(console.Output, time, batchRows), cancellationToken);
            return await TellAsync(result, name, time.GetElapsedTime(started), console);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or DbException or DbUpdateException)
        {
            await console.Error.WriteLineAsync($"Stopped at {name}: {error.GetBaseException().Message} What was stored before stays; repeat the import to complete it.");
            return ExitCode.Failed;
        }
    }

    private static async Task<int> TellAsync(FileImportResult result, string name, TimeSpan took, InvocationConfiguration console)
    {
        if (result.Outcome is FileImportOutcome.Done)
        {
            var rate = result.Progress.Stored > 0 ? string.Create(CultureInfo.InvariantCulture, $" ({result.Progress.Stored / took.TotalSeconds:N0} a second)") : "";
            await console.Output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{name}: {result.Summary} It took {took.TotalSeconds:N1} s{rate}."));
            return ExitCode.Done;
        }

        await console.Error.WriteLineAsync($"{name}: {result.Reason}");
        foreach (var row in result.BadRows)
        {
            foreach (var fault in row.Faults)
            {
                await console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  Row {row.Row}: {FaultSentence.Of(fault)} {fault.Remedy}"));
            }
        }

        if (result.BadRowCount > result.BadRows.Count)
        {
            await console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"  ... and {result.BadRowCount - result.BadRows.Count:N0} more rows."));
        }

        var remedy = result.Outcome is FileImportOutcome.Refused ? " Mend the file and repeat the import, or store the good rows alone with --on-error skip." : "";
        await console.Error.WriteLineAsync($"Stopped: {result.Summary}{remedy}");
        return ExitCode.Failed;
    }

    /// <summary>Says every few seconds how far the import has come, and once how the file is cut when that is not as asked.</summary>
    private sealed class ProgressLines(TextWriter output, TimeProvider time, int batchRows) : IProgress<FileImportProgress>
    {
        private readonly long started = time.GetTimestamp();
        private long last = time.GetTimestamp();
        private bool told;

        public void Report(FileImportProgress value)
        {
            if (value.BatchRows != batchRows && !told)
            {
                told = true;
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"This file was imported before in batches of {value.BatchRows:N0} rows; it is cut the same way now."));
            }

            if (time.GetElapsedTime(last) >= ReportEvery)
            {
                last = time.GetTimestamp();
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"... row {value.LastRow:N0}: {value.Stored:N0} stored, {value.Stored / time.GetElapsedTime(started).TotalSeconds:N0} a second"));
            }
        }

    }
}
