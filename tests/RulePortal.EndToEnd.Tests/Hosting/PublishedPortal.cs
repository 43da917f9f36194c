using System.Diagnostics;

namespace RulePortal.EndToEnd.Tests.Hosting;

/// <summary>The built portal as it is published, with its static files beside it: outside Development they are served from nowhere else. Published once.</summary>
internal static class PublishedPortal
{
    private static readonly Lazy<Task<string>> Published = new(PublishAsync);

    /// <summary>The program to start.</summary>
    public static Task<string> ProgramAsync() => Published.Value;

    private static async Task<string> PublishAsync()
    {
        var directory = Path.Combine(AppContext.BaseDirectory, "published");
        var project = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../../src/RulePortal.Web"));
        using var publish = Process.Start(new ProcessStartInfo("dotnet", ["publish", project, "--no-build", "-c", "Debug", "-o", directory, "--nologo", "-v", "q"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = publish.StandardOutput.ReadToEndAsync();
        var error = publish.StandardError.ReadToEndAsync();
        await publish.WaitForExitAsync();
        return publish.ExitCode == 0
            ? Path.Combine(directory, "RulePortal.Web.dll")
            : throw new InvalidOperationException($"The portal could not be published:\n{await output}\n{await error}");
    }
}
