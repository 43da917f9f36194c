using System.CommandLine;
using System.Globalization;
using RulePortal.Data.Security;
using RulePortal.Web.Kit.CommandLine;
using RulePortal.Web.Shell.CommandLine;

namespace RulePortal.Web.Security;

/// <summary><c>apikey create|list|revoke</c>.</summary>
internal sealed class ApiKeyVerb : ICommandLineVerb
{
    public Command CreateCommand(IVerbHost host) => new("apikey", "Make, list and revoke bearer keys of the API.")
    {
        Create(host),
        List(host),
        Revoke(host),
    };

    private static Command Create(IVerbHost host)
    {
        var name = new Option<string>("--name") { Description = "What the key is for, 1 to 100 characters, unique among keys in force.", Required = true };
        name.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string>()?.Trim() is not { Length: > 0 and <= ApiKeyStore.NameLength })
            {
                result.AddError("--name must have 1 to 100 characters.");
            }
        });
        var roles = Enum.GetNames<ApiKeyRole>();
        var role = new Option<string>("--role") { Description = "What the key may do: " + string.Join(", ", roles) + ".", Required = true };
        role.AcceptOnlyFromAmong(StringComparer.OrdinalIgnoreCase, roles);
        var days = new Option<int?>("--expires-in-days") { Description = "Days until it stops counting; without it the key counts until revoked." };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() is < 1 or > 3650)
            {
                result.AddError("--expires-in-days must be from 1 to 3650.");
            }
        });
        var command = new Command("create", "Make a key and print it, alone on the last line. It is shown this once and not stored.") { name, role, days };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var keyName = parsed.GetRequiredValue(name).Trim();
                var keyRole = Enum.Parse<ApiKeyRole>(parsed.GetRequiredValue(role), ignoreCase: true);
                var expires = parsed.GetValue(days) is { } count ? services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime.AddDays(count) : (DateTime?)null;
                var secret = await services.GetRequiredService<ApiKeyStore>().CreateAsync(keyName, keyRole, expires, CommandLineActor.Current, token);
                if (secret is null)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"A key named '{keyName}' is in force already. Revoke it or choose another name.");
                    return ExitCode.Failed;
                }

                var until = expires is { } instant ? string.Create(CultureInfo.InvariantCulture, $"until {instant:yyyy-MM-dd HH:mm} UTC") : "until revoked";
                await parsed.InvocationConfiguration.Output.WriteLineAsync($"The key '{keyName}' ({keyRole}) counts {until}. It is shown this once:");
                await parsed.InvocationConfiguration.Output.WriteLineAsync(secret);
                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command List(IVerbHost host)
    {
        var command = new Command("list", "List the keys: prefix, role, name, when made, last used, state.");
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var now = services.GetRequiredService<TimeProvider>().GetUtcNow().UtcDateTime;
                var output = parsed.InvocationConfiguration.Output;
                foreach (var key in await services.GetRequiredService<ApiKeyStore>().ListAsync(token))
                {
                    var state = key.RevokedUtc is { } revoked ? "revoked " + Day(revoked) : key.ExpiresUtc <= now ? "expired " + Day(key.ExpiresUtc) : "in force";
                    await output.WriteLineAsync($"{key.Prefix}...  {key.Role,-11}  {key.Name}  made {Day(key.CreatedUtc)}  last used {Day(key.LastUsedUtc)}  {state}");
                }

                return ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static Command Revoke(IVerbHost host)
    {
        var name = new Argument<string>("name") { Description = "The key's name or id." };
        var command = new Command("revoke", "Revoke the key in force that has this name; from then on it is refused.") { name };
        command.SetAction((parsed, cancellationToken) => host.RunAsync(
            async (services, token) =>
            {
                var wanted = parsed.GetRequiredValue(name);
                var key = await services.GetRequiredService<ApiKeyStore>().RevokeAsync(wanted, CommandLineActor.Current, token);
                await (key is null
                    ? parsed.InvocationConfiguration.Error.WriteLineAsync($"No key named '{wanted}' is in force.")
                    : parsed.InvocationConfiguration.Output.WriteLineAsync($"Revoked the key '{key.Name}' ({key.Prefix}...)."));
                return key is null ? ExitCode.Failed : ExitCode.Done;
            },
            cancellationToken));
        return command;
    }

    private static string Day(DateTime? instant) => instant?.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture) ?? "never";
}
