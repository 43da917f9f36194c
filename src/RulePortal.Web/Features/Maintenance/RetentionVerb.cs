using System.CommandLine;
using System.Globalization;
using Microsoft.Extensions.Options;
using RulePortal.Data.Maintenance.Retention;
using RulePortal.Detection.Wording;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Kit.Settings;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Features.Maintenance;

/// <summary><c>retention [--preview]</c>.</summary>
internal sealed class RetentionVerb : ICommandLineVerb
{
    public Command CreateCommand(IVerbHost host)
    {
        var preview = new Option<bool>("--preview") { Description = "Only say what would go." };
        var command = new Command("retention", "Let go what is older than the settings Retention:* say, in small steps beside a serving portal, which does so itself every night.") { preview };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var policy = services.GetRequiredService<IOptions<RetentionSettings>>().Value.ToPolicy();
                var sweep = services.GetRequiredService<RetentionSweep>();
                var output = parsed.InvocationConfiguration.Output;
                if (parsed.GetValue(preview))
                {
                    foreach (var line in await sweep.PreviewAsync(policy, token))
                    {
                        await output.WriteLineAsync(Words(line, policy, "would go"));
                    }

                    return ExitCode.Done;
                }

                var result = await sweep.RunAsync(policy, CommandLineActor.Current, token);
                foreach (var line in result.Removed)
                {
                    await output.WriteLineAsync(Words(line, policy, "went"));
                }

                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"The longest transaction took {result.LongestTransaction.TotalMilliseconds:0} ms."));
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static string Words(RetentionLine line, RetentionPolicy policy, string verb) => string.Create(
        CultureInfo.InvariantCulture,
        $"{line.Part,-12}  {line.Rows,12:N0} {verb}; kept {policy.Of(line.Part).TotalDays:0.##} days, from {line.KeptFromUtc:yyyy-MM-dd HH:mm} UTC{(line.OldestUtc is { } oldest ? string.Create(CultureInfo.InvariantCulture, $"; the oldest is of {oldest:yyyy-MM-dd HH:mm}") : "")}");
}
