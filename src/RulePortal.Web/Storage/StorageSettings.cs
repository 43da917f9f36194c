using RulePortal.Web.Kit.Settings;

namespace RulePortal.Web.Storage;

internal sealed class StorageSettings : IPortalSettings
{
    public const string DirectoryKey = $"Storage:{nameof(DataDirectory)}";

    public static string Section => "Storage";

    /// <summary>Where the SQLite file is kept. Unset: a folder named RulePortal among the user's local application data.</summary>
    public string? DataDirectory { get; set; }

    public string Directory => string.IsNullOrWhiteSpace(DataDirectory) ? DefaultDirectory : Path.GetFullPath(DataDirectory);

    /// <summary>Empty when this user has no folder for application data.</summary>
    public static string DefaultDirectory
    {
        get
        {
            var user = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
            return user.Length == 0 ? "" : Path.Combine(user, "RulePortal");
        }
    }

    public IEnumerable<string> Faults()
    {
        if (Directory.Length == 0)
        {
            return ["Storage:DataDirectory is not set, and this user has no folder for application data; name a folder the process may write to."];
        }

        try
        {
            Create(Directory);
            var probe = Path.Combine(Directory, ".write-" + Path.GetRandomFileName());
            File.WriteAllText(probe, "");
            File.Delete(probe);
            return [];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return [$"Storage:DataDirectory is '{Directory}', which cannot be written to ({e.Message.TrimEnd('.')}); name a folder the process may write to."];
        }
    }

    private static void Create(string directory)
    {
        if (OperatingSystem.IsWindows())
        {
            System.IO.Directory.CreateDirectory(directory);
        }
        else
        {
            // Telemetry and the keys of cookies are nobody else's business. A folder that exists keeps the mode it has.
            System.IO.Directory.CreateDirectory(directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }
}
