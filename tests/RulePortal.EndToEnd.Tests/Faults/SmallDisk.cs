using System.Diagnostics;

namespace RulePortal.EndToEnd.Tests.Faults;

/// <summary>A disk in memory that is soon full, or that takes no writes, or that grows.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string directory) => Directory = directory;

    public string Directory { get; }

    /// <summary>Mounts it; skips the test where that is not permitted.</summary>
    public static SmallDisk Mount(int megabytes)
    {
        var disk = new SmallDisk(System.IO.Directory.CreateTempSubdirectory("ruleportal-disk-").FullName);
        var permitted = OperatingSystem.IsLinux() && Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", disk.Directory);
        if (!permitted)
        {
            System.IO.Directory.Delete(disk.Directory);
        }

        Assert.SkipUnless(permitted, "No disk could be mounted here: that needs root on Linux.");
        return disk;
    }

    public void Grow(int megabytes) => Assert.True(Run("mount", "-o", $"remount,size={megabytes}m", Directory));

    public void SetReadOnly(bool yes) => Assert.True(Run("mount", "-o", yes ? "remount,ro" : "remount,rw", Directory));

    /// <summary>Takes all the space that is left.</summary>
    /// <returns>The file that has it.</returns>
    public string Fill()
    {
        var file = Path.Combine(Directory, "filler");
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                stream.Write(block);
            }
        }
        catch (IOException)
        {
            return file;
        }
    }

    public void Dispose()
    {
        // A process that was just killed may hold it for a moment.
        Run("umount", "-l", Directory);
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static bool Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
