using System.CommandLine;
using System.Net.Security;
using RulePortal.Web.Kit.CommandLine;

namespace RulePortal.Web.Shell.CommandLine;

/// <summary><c>healthcheck</c>: asks the process that serves on this machine, for containers whose image has nothing else to ask with.</summary>
internal sealed class HealthCheckVerb : ICommandLineVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    public Command CreateCommand(IVerbHost host)
    {
        var command = new Command("healthcheck", "Ask the portal that serves on this machine's port (ASPNETCORE_HTTPS_PORTS, ASPNETCORE_HTTP_PORTS, else 8080) whether it is ready.");
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var address = Address(Environment.GetEnvironmentVariable("ASPNETCORE_HTTPS_PORTS"), Environment.GetEnvironmentVariable("ASPNETCORE_HTTP_PORTS"));
            var (ready, sentence) = await AskAsync(address, cancellationToken);
            await (ready ? parsed.InvocationConfiguration.Output : parsed.InvocationConfiguration.Error).WriteLineAsync(sentence);
            return ready ? ExitCode.Done : ExitCode.Failed;
        });
        return command;
    }

    public static Uri Address(string? httpsPorts, string? httpPorts)
    {
        return First(httpsPorts) is { } https ? new Uri($"https://127.0.0.1:{https}/health/ready") : new Uri($"http://127.0.0.1:{First(httpPorts) ?? "8080"}/health/ready");

        static string? First(string? ports) => ports?.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
    }

    public static async Task<(bool Ready, string Sentence)> AskAsync(Uri address, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
#pragma warning disable CA5359 // The certificate names the portal's public host; this asks loopback, and sends nothing worth reading.
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true },
#pragma warning restore CA5359
        };
        using var client = new HttpClient(handler) { Timeout = Patience };
        try
        {
            using var response = await client.GetAsync(address, cancellationToken);
            return (response.IsSuccessStatusCode, $"{address} answers {(int)response.StatusCode}.");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return (false, $"{address} does not answer: {e.Message}");
        }
    }
}
