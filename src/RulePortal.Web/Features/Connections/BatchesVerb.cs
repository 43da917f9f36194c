using System.CommandLine;
using System.Globalization;
using RulePortal.Data.Connections;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Features.Connections;

/// <summary><c>batches list|withdraw</c>.</summary>
internal sealed class BatchesVerb : ICommandLineVerb
{
    private const int ListedUnlessSet = 20;

    public Command CreateCommand(IVerbHost host) => new("batches", "List and withdraw stored batches of connections.")
    {
        List(host),
        Withdraw(host),
    };

    private static Command List(IVerbHost host)
    {
        var count = new Option<int>("--count") { Description = "How many, the newest first.", DefaultValueFactory = _ => ListedUnlessSet };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 10_000)
            {
                result.AddError("--count must be from 1 to 10,000.");
            }
        });
        var command = new Command("list", "List the newest batches: number, when, rows, rejected rows, origin, who, file, state.") { count };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var page = await services.GetRequiredService<BatchQueries>().ListAsync(0, parsed.GetValue(count), token);
                var output = parsed.InvocationConfiguration.Output;
                foreach (var batch in page.Items)
                {
                    var state = batch.WithdrawnUtc is { } at ? string.Create(CultureInfo.InvariantCulture, $"  withdrawn {at:yyyy-MM-dd HH:mm} by {batch.WithdrawnBy}") : "";
                    await output.WriteLineAsync(string.Create(
                        CultureInfo.InvariantCulture,
                        $"{batch.Seq,6}  {batch.ReceivedUtc:yyyy-MM-dd HH:mm}  {batch.RowCount,9:N0} rows  {batch.RejectedCount,7:N0} rejected  {batch.Origin,-11}  {batch.ActorName}  {batch.FileName}{state}"));
                }

                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{page.Items.Count:N0} of {page.Total:N0} batches."));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command Withdraw(IVerbHost host)
    {
        var number = new Argument<long>("number") { Description = "The batch's number." };
        var command = new Command("withdraw", "Take the rows of a batch out again; its key is free afterwards.") { number };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var seq = parsed.GetValue(number);
                var result = await services.GetRequiredService<BatchWithdrawal>().WithdrawAsync(seq, CommandLineActor.Current, token);
                if (result.Outcome is WithdrawalOutcome.NotFound)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"There is no batch {seq}."));
                    return ExitCode.Failed;
                }

                var sentence = result.Outcome is WithdrawalOutcome.Withdrawn
                    ? $"Withdrew batch {seq}: {result.Batch!.RowCount:N0} rows are gone."
                    : $"Batch {seq} was withdrawn already, on {result.Batch!.WithdrawnUtc:yyyy-MM-dd HH:mm} by {result.Batch.WithdrawnBy}.";
                await parsed.InvocationConfiguration.Output.WriteLineAsync(sentence);
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }
}
